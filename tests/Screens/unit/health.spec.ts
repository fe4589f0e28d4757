import { expect, test } from '@playwright/test';
import { healthOf, reconnectDelayMs } from '../../../src/Web/src/connection/health';

const link = { online: true, connected: true, since: 0, heardAt: 10_000 };

test('Health_HeardLately_IsLive', () => {
  expect(healthOf(link, 12_000)).toEqual({ kind: 'live' });
});

test('Health_SilentForMoreThanTwoSeconds_IsLateByThatMuch', () => {
  expect(healthOf(link, 12_001)).toEqual({ kind: 'late', seconds: 2 });
  expect(healthOf(link, 14_999)).toEqual({ kind: 'late', seconds: 4 });
});

test('Health_SilentForFiveSeconds_IsOffline', () => {
  expect(healthOf(link, 15_000)).toEqual({ kind: 'offline' });
});

test('Health_BrowserSaysOffline_IsBelievedAtOnce', () => {
  expect(healthOf({ ...link, online: false }, 10_000)).toEqual({ kind: 'offline' });
});

test('Health_NothingHeardYet_ConnectsForFiveSecondsAndIsOfflineThen', () => {
  expect(healthOf({ ...link, heardAt: null }, 4_999)).toEqual({ kind: 'connecting' });
  expect(healthOf({ ...link, heardAt: null }, 5_000)).toEqual({ kind: 'offline' });
});

test('Reconnect_FailingOn_WaitsLongerUpToABound', () => {
  expect(reconnectDelayMs(0, 1)).toBe(0);
  expect([1, 2, 3, 4, 5, 9].map((failures) => reconnectDelayMs(failures, 1))).toEqual([250, 500, 1_000, 2_000, 2_000, 2_000]);
  expect(reconnectDelayMs(4, 0)).toBe(1_000);
});
