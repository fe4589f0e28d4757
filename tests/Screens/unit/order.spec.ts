import { expect, test } from '@playwright/test';
import { arranged, countsOf, selectionAfter, waitingFor } from '../../../src/Web/src/desk/order';
import { desk, prompt } from './prompts';

const all = { tab: 'all', matches: () => true } as const;

test('Order_IsPriorityThenExpectedThenAgeThenId', () => {
  const prompts = [
    prompt('d', 1), prompt('c', 2), prompt('older', 3, { raisedAt: '2026-03-01T00:00:00Z' }),
    prompt('likely', 4, { value: 300, probability: 0.5 }), prompt('unlikely', 5, { value: 900, probability: 0.1 }), prompt('urgent', 6, { priority: 90, value: 1 }),
  ];
  expect(arranged(prompts, desk, all)).toEqual(['urgent', 'likely', 'older', 'c', 'd', 'unlikely']);
});

test('Order_HoldsTheLiveOfThisDeskOnly', () => {
  const prompts = [prompt('a', 1), prompt('b', 2, { state: 'done' }), prompt('c', 3, { desk: 'hq' }), prompt('d', 4, { state: 'snoozed' })];
  expect(arranged(prompts, desk, all)).toEqual(['a', 'd']);
  expect(countsOf(prompts, desk)).toEqual({ all: 2, open: 1, accepted: 0, snoozed: 1, seen: 0 });
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
