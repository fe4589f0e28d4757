import type { Prompt, PromptState } from '../api/types';
import { isLive } from '../connection/feed';

export type Tab = 'all' | 'open' | 'accepted' | 'snoozed' | 'seen';
export const tabs: readonly Tab[] = ['all', 'open', 'accepted', 'snoozed', 'seen'];

/** What a success is worth times its chance; without an estimate, the worth. */
export const expectedOf = (prompt: Prompt): number => prompt.value * (prompt.probability ?? 1);

const raised = new WeakMap<Prompt, number>();

function raisedAt(prompt: Prompt): number {
  const known = raised.get(prompt);
  if (known !== undefined) {
    return known;
  }
  const at = Date.parse(prompt.raisedAt);
  raised.set(prompt, at);
  return at;
}

/** The order of a desk: priority, then expected value, then age (oldest first), then id. */
export function byRank(a: Prompt, b: Prompt): number {
  return b.priority - a.priority
    || expectedOf(b) - expectedOf(a)
    || raisedAt(a) - raisedAt(b)
    || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export interface Choice {
  readonly tab: Tab;
  readonly matches: (prompt: Prompt) => boolean;
}

/**
 * The ids of what is shown, in order. `before` is what this gave last time: what stood in order then nearly does now, and is sorted
 * in one pass; where nothing has moved, the answer is `before` itself.
 */
export function arranged(prompts: ReadonlyMap<string, Prompt>, desk: string, { tab, matches }: Choice, before: readonly string[] = []): readonly string[] {
  const wanted = (prompt: Prompt): boolean => isLive(prompt, desk) && (tab === 'all' || prompt.state === tab) && matches(prompt);
  const shown = before.flatMap((id) => {
    const prompt = prompts.get(id);
    return prompt !== undefined && wanted(prompt) ? [prompt] : [];
  });
  const held = new Set(shown);
  for (const prompt of prompts.values()) {
    if (!held.has(prompt) && wanted(prompt)) {
      shown.push(prompt);
    }
  }
  shown.sort(byRank);
  return shown.length === before.length && shown.every(({ id }, index) => id === before[index]) ? before : shown.map(({ id }) => id);
}

export function countsOf(prompts: Iterable<Prompt>, desk: string): Record<Tab, number> {
  const counts: Record<Tab, number> = { all: 0, open: 0, accepted: 0, snoozed: 0, seen: 0 };
  for (const prompt of prompts) {
    if (isLive(prompt, desk)) {
      counts.all++;
      counts[prompt.state as Exclude<PromptState, 'done' | 'dismissed' | 'expired' | 'withdrawn' | 'ended'>]++;
    }
  }
  return counts;
}

const none: readonly string[] = [];

/** What a frozen list does not show yet. */
export function waitingFor(frozen: readonly string[], current: readonly string[]): readonly string[] {
  if (frozen === current) {
    return none;
  }
  const shown = new Set(frozen);
  return current.filter((id) => !shown.has(id));
}

/** The row to stand on when the one that was selected has gone: its neighbour in the same place. */
export function selectionAfter(order: readonly string[], selected: string | null, lastIndex: number): string | null {
  if (selected !== null && order.includes(selected)) {
    return selected;
  }
  return order[Math.min(Math.max(0, lastIndex), order.length - 1)] ?? null;
}
