import { expect, test } from '@playwright/test';
import { snoozeUntil } from '../../../src/Web/src/desk/useActions';

const now = Date.parse('2026-03-02T01:30:00Z');

test('Snooze_LongLivedPrompt_IsHalfAnHour', () => {
  expect(snoozeUntil(now, '2026-03-04T01:30:00Z')).toBe('2026-03-02T02:00:00.000Z');
});

test('Snooze_PromptEndsSooner_IsHalfWayToItsEnd', () => {
  expect(snoozeUntil(now, '2026-03-02T01:50:00Z')).toBe('2026-03-02T01:40:00.000Z');
});
