import { expect, test } from '@playwright/test';
import { lineOf, linesFor, type HistoryMinute, type MapHistory } from '../../../src/Web/src/map/history';
import { merged, received, type MapChild, type MapSnapshot } from '../../../src/Web/src/map/messages';
import { neighbour } from '../../../src/Web/src/map/neighbour';
import { surgeOf } from '../../../src/Web/src/map/surge';
import { isRoomy, selfOf, tilesOf } from '../../../src/Web/src/map/tileModel';
import { wayTo } from '../../../src/Web/src/map/path';
import { measuresOf } from '../engine/mapDay';
import type { Measures } from '../../../src/Web/src/map/measures';

const at = '2024-10-08T01:31:24Z';
const measures = (rate: number) => measuresOf(rate, 1) as unknown as Measures;
const branch = (id: string, province: number, more: Partial<MapChild> = {}): MapChild =>
  ({ node: `branch:${id}`, name: { zh: id, en: id }, province, at, late: false, ageMs: 100, measures: measures(10), ...more });
const hq = (...children: MapChild[]): MapSnapshot => ({ node: 'hq', at, late: false, ageMs: 100, measures: measures(99), parts: { total: 16, late: 0 }, children });
const tilesAt = (view: ReturnType<typeof received>) => new Map(tilesOf('hq', view, 'zh', '').map((tile) => [tile.name, tile]));

test('Tiles_OfTheCountry_StandWhereTheGridHasThemAndTellNoneLateAndUnknownApart', () => {
  const view = received(hq(
    branch('hn', 440000), branch('sz', 440000, { measures: measures(5) }), branch('bj', 110000),
    branch('xj', 650000, { late: true, ageMs: 42_000 }), { node: 'branch:xz', province: 540000, late: true },
  ), 100_000);
  const tiles = tilesAt(view);
  expect(tiles.size).toBe(34);
  expect(tiles.get('广东')).toMatchObject({ state: 'live', row: 6, column: 3, opens: 'province:440000', nodes: ['branch:hn', 'branch:sz'] });
  expect(tiles.get('广东')?.measures.eventsPerSecond).toBe(15);
  expect(tiles.get('北京')).toMatchObject({ state: 'live', opens: 'branch:bj' });
  expect(tiles.get('新疆')).toMatchObject({ state: 'late', heardAt: 58_000 });
  expect(tiles.get('西藏')).toMatchObject({ state: 'unknown', heardAt: null });
  expect(tiles.get('西藏')?.measures.events).toBeNull();
  expect(tiles.get('台湾')).toMatchObject({ state: 'none', opens: null });
});

test('Province_WithSeveralBranches_IsTheirSumAndAsOldAsItsOldest', () => {
  const view = received(hq(branch('hn', 440000), branch('sz', 440000, { at: '2024-10-08T01:30:00Z', late: true, ageMs: 84_000 }), branch('bj', 110000)), 100_000);
  const province = selfOf('province:440000', view);
  expect(province.measures.eventsPerSecond).toBe(20);
  expect(province.at).toBe(Date.parse('2024-10-08T01:30:00Z'));
  expect(province.late).toBe(true);
  expect(tilesOf('province:440000', view, 'zh', '').map(({ key }) => key)).toEqual(['branch:hn', 'branch:sz']);
  expect(isRoomy('province:440000', tilesOf('province:440000', view, 'zh', ''))).toBe(true);
});

test('Delta_OfOneChild_ChangesThatOneAndKeepsTheRestAndTheName', () => {
  const first = received({ ...hq(branch('hn', 440000), branch('bj', 110000)), name: { zh: '全国', en: 'All' } }, 0);
  const next = merged(first, { node: 'hq', at: '2024-10-08T01:31:25Z', late: false, measures: measures(120), parts: { total: 16, late: 1 }, children: [branch('bj', 110000, { measures: measures(77) })] }, 500);
  expect(next.parts.get('branch:bj')?.measures.eventsPerSecond).toBe(77);
  expect(next.parts.get('branch:hn')).toBe(first.parts.get('branch:hn'));
  expect(next.self.measures.eventsPerSecond).toBe(120);
  expect(next.self.name?.zh).toBe('全国');
  expect(next.system.late).toBe(1);
});

test('Delta_ThatIsASnapshot_TakesAwayWhatIsGone', () => {
  const first = received(hq(branch('hn', 440000), branch('bj', 110000)), 0);
  const next = merged(first, { ...hq(branch('bj', 110000)), snapshot: true }, 500);
  expect([...next.parts.keys()]).toEqual(['branch:bj']);
});

test('Arrows_AcrossGaps_GoToTheTileThatTheEyeWould', () => {
  const every = received(hq(branch('hn', 440000), branch('hi', 460000), branch('gx', 450000), branch('xz', 540000), branch('sc', 510000), branch('hlj', 230000), branch('bj', 110000)), 0);
  const tiles = tilesOf('hq', every, 'zh', '');
  const go = (from: string, direction: 'arrowup' | 'arrowdown' | 'arrowleft' | 'arrowright') =>
    neighbour(tiles, tiles.find(({ name }) => name === from)!, direction).name;
  expect(go('广东', 'arrowleft')).toBe('广西');
  expect(go('广西', 'arrowdown')).toBe('海南');
  expect(go('四川', 'arrowleft')).toBe('西藏');
  expect(go('黑龙江', 'arrowup')).toBe('黑龙江');
  expect(go('广东', 'arrowright'), 'nothing there: not even a tile without an outlet').toBe('北京');
});

const minute = (index: number, accountsOpened: number, surges?: HistoryMinute['surges']): HistoryMinute => {
  const of = (opened: number) => ({ events: 0, eventsPerSecond: 2, promptsRaised: 0, accepted: 0, conversions: 0, accountsOpened: opened, netInflow: 0 });
  return { minute: new Date(Date.parse(at) - (16 - index) * 60_000).toISOString(), measures: of(accountsOpened), median: of(10), ...(surges === undefined ? {} : { surges }), ...(index === 15 ? { partial: true } : {}) };
};
const historyOf = (items: HistoryMinute[]): MapHistory => ({ node: 'hq', at, items });

test('Surge_OfSeveralCounts_NamesTheMostTellingWithItsMultipleAndItsBeginning', () => {
  const minutes = Array.from({ length: 16 }, (_, index) => minute(index, index < 12 ? 10 : 50, index < 12 ? undefined : ['accountsOpened', 'events', 'eventsPerSecond']));
  const surge = surgeOf(['eventsPerSecond', 'events', 'accountsOpened'], historyOf(minutes));
  expect(surge).toEqual({ count: 'accountsOpened', others: 1, value: 50, times: 5, since: Date.parse(minutes[12]!.minute), longer: false });
});

test('Surge_None_IsNone_AndWithoutMinutesItIsSaidWithoutFigures', () => {
  expect(surgeOf([], historyOf([]))).toBeNull();
  expect(surgeOf(['conversions'], null)).toEqual({ count: 'conversions', others: 0, value: null, times: null, since: null, longer: false });
});

test('Line_OfCounts_LeavesTheMinuteUnderWayOutAndOfARateTakesItAsPushed', () => {
  const history = historyOf(Array.from({ length: 16 }, (_, index) => minute(index, index)));
  expect(lineOf([history], 'accountsOpened').today).toHaveLength(15);
  expect(lineOf([history], 'eventsPerSecond', 7.5).today.at(-1)).toBe(7.5);
  expect(lineOf([history, history], 'accountsOpened').today[3]).toBe(6);
  expect(lineOf([history, history], 'accountsOpened').median, 'a sum has no median').toBeNull();
  expect(linesFor('opened')).toEqual(['accountsOpened', 'eventsPerSecond', 'promptsRaised']);
});

test('Way_DownToAnAdvisor_NamesTheProvinceOnlyWhereItHasSeveralBranches', () => {
  const known = (of: readonly (readonly [string, string | null, number | null])[]) => new Map(of.map(([node, parent, province]) => [node, { name: null, parent, province }]));
  const seen = known([['branch:hn', 'hq', 440000], ['outlet:hn-001', 'branch:hn', null], ['advisor:a-1', 'outlet:hn-001', null]]);
  expect(wayTo('hq', 'advisor:a-1', seen)).toEqual(['hq', 'branch:hn', 'outlet:hn-001', 'advisor:a-1']);
  seen.set('branch:sz', { name: null, parent: 'hq', province: 440000 });
  expect(wayTo('hq', 'outlet:hn-001', seen)).toEqual(['hq', 'province:440000', 'branch:hn', 'outlet:hn-001']);
  expect(wayTo('branch:hn', 'outlet:hn-001', seen), 'nobody is led above what he may see').toEqual(['branch:hn', 'outlet:hn-001']);
});
