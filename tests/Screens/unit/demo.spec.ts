import { expect, test } from '@playwright/test';
import { dayShare, nextSpeed } from '../../../src/Web/src/demo/demo';

test('Speed_Next_IsTheNeighbourAndEndsAtTheEnds', () => {
  expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(10, 1), nextSpeed(0.1, -1), nextSpeed(3, 1), nextSpeed(3, -1)]).toEqual([2, 0.5, 10, 0.1, 5, 2]);
});

test('Day_Share_IsOfTheMarketsClock', () => {
  expect(dayShare('09:15')).toBe(0);
  expect(dayShare('15:00')).toBe(1);
  expect(dayShare('00:00')).toBe(0);
  expect(dayShare('12:07')).toBeCloseTo(172 / 345);
});
