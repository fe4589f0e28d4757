import type { DeskMessage, Prompt } from '../../../src/Web/src/api/types';

export const desk = 'advisor:a-1';

/** A live prompt of the desk under test; what a test does not name does not matter to it. */
export function prompt(id: string, seq: number, more: Partial<Prompt> = {}): Prompt {
  return {
    id, seq, campaign: 'wake', client: `c-${id}`, desk, priority: 50, value: 100, message: { zh: '', en: '' }, because: [],
    raisedAt: '2026-03-02T01:30:00Z', expiresAt: '2026-03-04T01:30:00Z', state: 'open', ...more,
  };
}

export const push = (from: number, seq: number, ...prompts: Prompt[]): DeskMessage => ({ from, seq, prompts });

export const snapshot = (seq: number, ...prompts: Prompt[]): DeskMessage => ({ from: 0, seq, snapshot: true, prompts });
