import { expect, test } from '@playwright/test';
import type { Prompt } from '../../../src/Web/src/api/types';
import { arranged, countsOf, selectionAfter, waitingFor } from '../../../src/Web/src/desk/order';
import { desk, prompt } from './prompts';

const mapOf = (prompts: readonly Prompt[]) => new Map(prompts.map((each) => [each.id, each]));

const all = { tab: 'all', matches: () => true } as const;

test('Order_IsPriorityThenExpectedThenAgeThenId', () => {
  const prompts = [
    prompt('d', 1), prompt('c', 2), prompt('older', 3, { raisedAt: '2026-03-01T00:00:00Z' }),
    prompt('likely', 4, { value: 300, probability: 0.5 }), prompt('unlikely', 5, { value: 900, probability: 0.1 }), prompt('urgent', 6, { priority: 90, value: 1 }),
  ];
  expect(arranged(mapOf(prompts), desk, all)).toEqual(['urgent', 'likely', 'older', 'c', 'd', 'unlikely']);
});

test('Order_HoldsTheLiveOfThisDeskOnly', () => {
  const prompts = [prompt('a', 1), prompt('b', 2, { state: 'done' }), prompt('c', 3, { desk: 'hq' }), prompt('d', 4, { state: 'snoozed' })];
  expect(arranged(mapOf(prompts), desk, all)).toEqual(['a', 'd']);
  expect(countsOf(prompts, desk)).toEqual({ all: 2, open: 1, accepted: 0, snoozed: 1, seen: 0 });
});

test('Order_FromTheOneBefore_IsAsFromNoneAndTheSameWhereNothingMoved', () => {
  const random = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const next = random(20_241_008);
  const some = (id: string, seq: number) => prompt(id, seq, {
    priority: Math.floor(next() * 4), value: Math.floor(next() * 3), desk: next() < 0.1 ? 'hq' : desk, state: next() < 0.2 ? 'done' : 'open',
  });
  const prompts = new Map<string, Prompt>();
  let before: readonly string[] = [];
  for (let round = 0; round < 200; round++) {
    for (let change = 0; change < 5; change++) {
      const id = `p${Math.floor(next() * 60)}`;
      prompts.set(id, some(id, round));
    }
    const now = arranged(prompts, desk, all, before);
    expect(now).toEqual(arranged(prompts, desk, all));
    expect(arranged(new Map([...prompts].map(([id, each]) => [id, { ...each }])), desk, all, now)).toBe(now);
    before = now;
  }
});

test('Order_Frozen_NamesWhatWaits', () => {
  expect(waitingFor(['a', 'b'], ['c', 'a', 'd'])).toEqual(['c', 'd']);
});

test('Selection_ItsRowGone_StandsOnTheNeighbour', () => {
  expect(selectionAfter(['a', 'b', 'c'], 'b', 0)).toBe('b');
  expect(selectionAfter(['a', 'c'], 'b', 1)).toBe('c');
  expect(selectionAfter(['a'], 'b', 1)).toBe('a');
  expect(selectionAfter([], 'b', 1)).toBeNull();
});
