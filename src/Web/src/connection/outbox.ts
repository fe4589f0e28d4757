import type { ActionRequest } from '../api/types';

/**
 * What this person did and the engine has not yet answered. An entry keeps its `actionId` through every repeat:
 * sent twice it happens once.
 */
export interface Outgoing extends ActionRequest {
  readonly promptId: string;
  /** `waiting`: for the connection. `failed`: not delivered, repeated when the person says so. */
  readonly phase: 'waiting' | 'sending' | 'failed';
  readonly madeAt: number;
}

export type Outbox = readonly Outgoing[];

/** At most so many wait; beyond that the person is told at once instead of much later. */
export const outboxMax = 200;

export const put = (outbox: Outbox, entry: Outgoing): Outbox => (outbox.length >= outboxMax ? outbox : [...outbox, entry]);

export const removed = (outbox: Outbox, actionId: string): Outbox => outbox.filter((entry) => entry.actionId !== actionId);

export function phased(outbox: Outbox, actionId: string, phase: Outgoing['phase']): Outbox {
  return outbox.map((entry) => (entry.actionId === actionId ? { ...entry, phase } : entry));
}

/** The line broke: nobody knows whether what was under way arrived, so it goes again. */
export function interrupted(outbox: Outbox): Outbox {
  return outbox.map((entry) => (entry.phase === 'sending' ? { ...entry, phase: 'waiting' } : entry));
}

/** What a row shows of it: its newest action. "Seen" is the screen's own and shows nothing. */
export function pendingOf(outbox: Outbox, promptId: string): Outgoing | undefined {
  return outbox.findLast((entry) => entry.promptId === promptId && entry.action !== 'seen');
}

/** A refusal names a reason that a repeat does not change; anything else may succeed later. */
export function isRefusal(code: string | null): code is string {
  return code !== null && code !== 'engine.busy' && code !== 'engine.unavailable' && code !== 'request.rate';
}

/** The code at the head of a hub error, or null when the error is not one of ours. */
export function refusalCode(error: unknown): string | null {
  const text = error instanceof Error ? error.message : '';
  return /HubException: ([a-z]+(?:\.[a-z]+)+)/.exec(text)?.[1] ?? null;
}
