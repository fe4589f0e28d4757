import { expect, test } from '@playwright/test';
import { layoutFlows, noSegment, otherSegments } from '../../../src/Web/src/map/flowLayout';
import { sumOf, unknownMeasures, valueOf, type Measures } from '../../../src/Web/src/map/measures';
import { held, sorted, type Sortable } from '../../../src/Web/src/map/order';
import { pulsed } from '../../../src/Web/src/map/pulse';
import { scaleFor, stepOf } from '../../../src/Web/src/map/ramp';

const known = (more: Partial<Measures> = {}): Measures => ({
  clients: 1, events: 1, eventsPerSecond: 1, promptsOpen: 1, promptsRaised: 4, accepted: 1, conversions: 1, accountsOpened: 1, netInflow: 1, contracts: 1, signedAssets: 1, ...more,
});

test('Measure_UnknownPart_MakesTheSumUnknownAndNotZero', () => {
  expect(sumOf([known({ promptsOpen: 3 }), known({ promptsOpen: 4 })]).promptsOpen).toBe(7);
  expect(sumOf([known(), unknownMeasures]).promptsOpen).toBeNull();
  expect(sumOf([]).promptsOpen).toBeNull();
});

test('AcceptedShare_NoPromptRaised_IsUnknown', () => {
  expect(valueOf('accepted', known())).toBe(0.25);
  expect(valueOf('accepted', known({ promptsRaised: 0, accepted: 0 }))).toBeNull();
});

test('Ramp_OfAnyLargestValue_HasSevenAscendingStepsFromZero', () => {
  for (const max of [0, 3, 19, 20, 55, 120, 999, 2_486, 73_000, 4.6e8]) {
    const scale = scaleFor('count', max);
    expect(scale).toHaveLength(7);
    expect(scale[0]).toBe(0);
    expect(scale.every((bound, index) => index === 0 || bound > (scale[index - 1] ?? 0)), `${max}: ${scale.join(' ')}`).toBe(true);
    expect(scale.every(Number.isInteger), `${max}: ${scale.join(' ')}`).toBe(true);
  }
});

test('Ramp_FiguresGrowALittle_KeepsItsScaleAndChangesItWhenOutgrown', () => {
  const scale = scaleFor('rate', 2_486);
  expect(scaleFor('rate', 5_000, scale)).toBe(scale);
  expect(scaleFor('rate', 1_100, scale)).toBe(scale);
  expect(scaleFor('rate', 9_000, scale)).not.toBe(scale);
  expect(scaleFor('rate', 300, scale)).not.toBe(scale);
  const small = scaleFor('rate', 2);
  expect(scaleFor('rate', 0, small)).toBe(small);
});

test('Step_ValueAroundABound_ChangesByWholeStepsAndDoesNotFlicker', () => {
  const scale = scaleFor('rate', 2_000);
  expect([0, 99, 100, 650, 2_000, 90_000].map((value) => stepOf(value, scale))).toEqual([1, 1, 2, 5, 7, 7]);
  expect(stepOf(601, scale, 4)).toBe(4);
  expect(stepOf(640, scale, 4)).toBe(5);
  expect(stepOf(599, scale, 5)).toBe(5);
  expect(stepOf(560, scale, 5)).toBe(4);
  expect(stepOf(5, scale, 5)).toBe(1);
  expect(stepOf(-650, scale), 'money that left counts by its amount').toBe(5);
});

test('Pulse_ManyConversions_RingsOnceASecondAndNotAtFirstSight', () => {
  const at = (conversions: number) => new Map([['gd', conversions]]);
  const first = pulsed(new Map(), at(40), 0);
  expect(first.get('gd')?.ring).toBe(0);
  const one = pulsed(first, at(43), 5_000);
  expect(one.get('gd')?.ring).toBe(1);
  const soon = pulsed(one, at(44), 5_250);
  expect(soon.get('gd')?.ring).toBe(1);
  const owed = pulsed(soon, at(44), 6_000);
  expect(owed.get('gd')?.ring, 'shown when its second is over').toBe(2);
  expect(pulsed(owed, at(44), 9_000)).toBe(owed);
  expect(pulsed(owed, at(0), 9_000).get('gd')?.ring, 'midnight').toBe(2);
});

const rows = (...values: readonly (readonly [string, number | null, boolean?])[]): Sortable[] => values.map(([node, value, late]) => ({ node, value, late: late === true }));

test('Table_Sorted_PutsUnknownAndThenLateLast', () => {
  expect(sorted(rows(['a', 1], ['b', null], ['c', 9, true], ['d', 5], ['e', 5]), 'events', 0).nodes).toEqual(['d', 'e', 'a', 'b', 'c']);
});

test('Table_FocusIsInIt_KeepsItsOrderUntilItIsAskedOrLeft', () => {
  const before = held(null, rows(['a', 3], ['b', 2]), 'events', 0, false);
  const turned = rows(['a', 3], ['b', 9]);
  expect(held(before, turned, 'events', 9_999, false)).toBe(before);
  expect(held(before, turned, 'events', 60_000, true)).toBe(before);
  expect(held(before, turned, 'events', 10_000, false).nodes).toEqual(['b', 'a']);
  expect(held(before, turned, 'open', 1, true).nodes, 'another column was asked for').toEqual(['b', 'a']);
});

test('Table_RowsComeAndGoWhileHeld_StandAtTheEndAndLeaveNoGap', () => {
  const before = held(null, rows(['a', 3], ['b', 2], ['c', 1]), 'events', 0, false);
  expect(held(before, rows(['d', 99], ['c', 1], ['a', 3]), 'events', 1, true).nodes).toEqual(['a', 'c', 'd']);
});

test('Flows_OfAllSizes_FitTheHeightAndKeepProportion', () => {
  const flows = [{ from: 'dormant', to: 'active', clients: 800 }, { from: 'new', to: 'funded', clients: 400 }, { from: null, to: 'new', clients: 1 }, { from: 'active', to: null, clients: 3 }];
  const { left, right, bands } = layoutFlows(flows, 220);
  expect(left.map(({ key }) => key)).toEqual(['dormant', 'new', 'active', noSegment]);
  expect([...left, ...right].every(({ y, height }) => y >= 0 && y + height <= 220.001)).toBe(true);
  const heightOf = (key: string) => bands.find(({ to }) => to.key === key)?.height ?? 0;
  expect(heightOf('active') / heightOf('funded')).toBeCloseTo(2);
  expect(heightOf(noSegment)).toBeGreaterThan(0);
});

test('Flows_MoreSegmentsThanRoom_AreSummedAsOthersAndLoseNobody', () => {
  const flows = Array.from({ length: 40 }, (_, index) => ({ from: `s${index}`, to: `t${index}`, clients: index + 1 }));
  const { left, bands } = layoutFlows(flows, 200);
  expect(left.length).toBeLessThanOrEqual(200 / 28);
  expect(left.some(({ key }) => key === otherSegments)).toBe(true);
  expect(bands.reduce((sum, { clients }) => sum + clients, 0)).toBe(820);
  expect(layoutFlows([], 200).bands).toEqual([]);
});
