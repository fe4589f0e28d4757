import { useState } from 'react';
import type { ActionName, ActionRequest, Prompt } from '../api/types';
import type { DeskConnection, DeskState } from '../connection/deskConnection';
import { isLive } from '../connection/feed';
import { actionId } from './actionId';

/** The engine's own limit for undo. */
const undoMs = 10_000;

const snoozeMs = 30 * 60_000;

/** In half an hour, or half-way to the end of a prompt that lives no longer: beyond its end the engine refuses. */
export const snoozeUntil = (engineNow: number, expiresAt: string): string =>
  new Date(engineNow + Math.min(snoozeMs, Math.max(0, Date.parse(expiresAt) - engineNow) / 2)).toISOString();

interface Done {
  readonly actionId: string;
  readonly prompt: Prompt;
  readonly action: ActionName;
  readonly at: number;
}

export type Asking = { readonly action: 'dismiss' | 'done'; readonly promptId: string };

/** What the person can do with the selected prompt, and take back. */
export interface Actions {
  /** A reason or an outcome is asked for. */
  readonly asking: Asking | null;
  readonly last: Done | null;
  can(action: ActionName): boolean;
  act(action: 'accept' | 'snooze' | 'dismiss' | 'done'): void;
  answer(choice: string): void;
  cancel(): void;
  undo(): void;
  retry(): void;
}

export function useActions(connection: DeskConnection, state: DeskState, desk: string, prompt: Prompt | null, now: number, engineNow: number): Actions {
  const [asked, setAsked] = useState<Asking | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const asking = asked !== null && asked.promptId === prompt?.id ? asked : null;

  const underWay = done !== null && state.outbox.some((entry) => entry.actionId === done.actionId);
  const refused = done !== null && state.refusal?.entry.actionId === done.actionId;
  const last = done !== null && !refused && (underWay || now - done.at < undoMs) ? done : null;

  const can = (action: ActionName): boolean => {
    if (prompt === null || !isLive(prompt, desk)) {
      return false;
    }
    const pending = state.outbox.some((entry) => entry.promptId === prompt.id && entry.action !== 'seen');
    return !pending && (action === 'done' ? prompt.state === 'accepted' : action === 'dismiss' || prompt.state !== 'accepted');
  };
  const send = (action: ActionName, more: Partial<ActionRequest>) => {
    if (prompt !== null && can(action)) {
      const request: ActionRequest = { actionId: actionId(), action, ...more };
      connection.act(prompt.id, request);
      setDone({ actionId: request.actionId, prompt, action, at: Date.now() });
    }
    setAsked(null);
  };

  return {
    asking,
    last,
    can,
    act: (action) => {
      if (action === 'accept') {
        send(action, {});
      } else if (action === 'snooze') {
        send(action, prompt === null ? {} : { until: snoozeUntil(engineNow, prompt.expiresAt) });
      } else if (prompt !== null && can(action)) {
        setAsked({ action, promptId: prompt.id });
      }
    },
    answer: (choice) => {
      if (asking !== null) {
        send(asking.action, asking.action === 'dismiss' ? { reason: choice } : { outcome: choice });
      }
    },
    cancel: () => setAsked(null),
    undo: () => {
      if (last !== null) {
        // What never left this screen is simply not sent.
        if (!connection.recall(last.actionId)) {
          connection.act(last.prompt.id, { actionId: actionId(), action: 'undo' });
        }
        setDone(null);
      }
    },
    retry: () => state.outbox.filter((entry) => entry.phase === 'failed').forEach((entry) => connection.retry(entry.actionId)),
  };
}
