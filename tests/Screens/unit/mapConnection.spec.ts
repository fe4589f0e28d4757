import { expect, test } from '@playwright/test';
import { backoffMs } from '../../../src/Web/src/connection/backoff';
import { MapConnection } from '../../../src/Web/src/map/mapConnection';
import type { MapDelta, MapSnapshot } from '../../../src/Web/src/map/messages';
import type { MapTransportEvents, OpenMapTransport } from '../../../src/Web/src/map/mapTransport';
import { ManualTiming, settle } from './fakeEngine';

const at = '2024-10-08T01:31:24Z';

/** The map of an engine, and the line to it. */
class FakeMap {
  readonly watches: string[] = [];
  reachable = true;
  /** How many watches are refused as too many in too short a time. */
  hurried = 0;
  connections = 0;
  #events: MapTransportEvents | null = null;

  readonly open: OpenMapTransport = (events) => ({
    start: () => (this.connections++, this.reachable ? Promise.resolve() : Promise.reject(new Error('refused'))),
    watch: (node) => {
      this.watches.push(node);
      this.#events = events;
      if (this.hurried-- > 0) {
        return Promise.reject(new Error("An unexpected error occurred invoking 'Watch' on the server. HubException: request.rate: too many calls; again in 1 s"));
      }
      return node === 'branch:other' ? Promise.reject(new Error("An unexpected error occurred invoking 'Watch' on the server. HubException: request.not.found No such node."))
        : Promise.resolve({ node, at, late: false, parts: { total: 1, late: 0 }, children: [] } satisfies MapSnapshot);
    },
    abandon: () => { if (this.#events === events) this.#events = null; },
  });

  push(node: string, children: MapDelta['children'] = []): void {
    this.#events?.delta({ node, at, late: false, parts: { total: 1, late: 0 }, children });
  }

  end(node: string): void {
    this.#events?.ended({ node, code: 'request.not.found' });
  }

  cut(): void {
    const events = this.#events;
    this.#events = null;
    events?.closed();
  }
}

async function connected() {
  const engine = new FakeMap();
  const timing = new ManualTiming();
  const connection = new MapConnection('hq', { open: engine.open, timing, online: true, onSignedOut: () => undefined });
  connection.start();
  await settle();
  return { engine, timing, connection };
}

test('MapConnection_Started_WatchesAndIsLive', async () => {
  const { engine, connection } = await connected();
  expect(engine.watches).toEqual(['hq']);
  expect(connection.state().view?.self.node).toBe('hq');
  expect(connection.state().health.kind).toBe('live');
});

test('MapConnection_WalkedTooFast_AsksAgainOverTheSameLineEachTimeLater', async () => {
  const { engine, timing, connection } = await connected();
  engine.hurried = 4;
  connection.watch('branch:hn');
  await settle();
  const asked = () => engine.watches.filter((node) => node === 'branch:hn').length;
  expect(asked()).toBe(1);
  const byThen: number[] = [];
  for (let second = 1; second <= 15; second++) {
    await timing.advance(1_000);
    byThen.push(asked());
    expect(connection.state().closed).toBeNull();
  }
  expect(byThen).toEqual([2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5]);
  expect(connection.state().view?.self.node).toBe('branch:hn');
  expect(connection.state().health.kind).toBe('live');
  expect(engine.connections).toBe(1);
});

test('MapConnection_RefusedForNow_IsNotTakenForLive', async () => {
  const { engine, timing, connection } = await connected();
  engine.hurried = 3;
  connection.watch('branch:hn');
  await settle();
  await timing.advance(3_500);
  expect(connection.state().health.kind).toBe('late');
  expect(engine.connections).toBe(1);
});

test('Backoff_Refused_DoublesToABoundAndIsNeverShorterThanTheEngineSaid', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((refusals) => backoffMs(refusals, null))).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(backoffMs(1, 7_000)).toBe(7_000);
  expect(backoffMs(6, 7_000)).toBe(30_000);
});

test('MapConnection_LineFallsSilent_SaysLateThenOfflineKeepsTheOldFiguresAndComesBack', async () => {
  const { engine, timing, connection } = await connected();
  await timing.advance(3_000);
  expect(connection.state().health).toEqual({ kind: 'late', seconds: 3 });
  engine.reachable = false;
  await timing.advance(4_000);
  expect(connection.state().health.kind).toBe('offline');
  expect(connection.state().view?.self.node, 'old figures stay').toBe('hq');
  engine.reachable = true;
  await timing.advance(5_000);
  expect(engine.watches).toEqual(['hq', 'hq']);
  engine.push('hq');
  expect(connection.state().health.kind).toBe('live');
});

test('MapConnection_AnotherNode_GoesOverTheSameLineAndOldNewsIsLeftOut', async () => {
  const { engine, connection } = await connected();
  connection.watch('branch:hn');
  engine.push('hq', [{ node: 'branch:zz', late: false }]);
  await settle();
  engine.push('hq', [{ node: 'branch:zz', late: false }]);
  expect(connection.state().view?.self.node).toBe('branch:hn');
  expect(connection.state().view?.parts.size).toBe(0);
  engine.push('branch:hn', [{ node: 'outlet:hn-001', late: false }]);
  expect([...connection.state().view?.parts.keys() ?? []]).toEqual(['outlet:hn-001']);
});

test('MapConnection_NodeIsRefused_SaysSoAndAnotherCanBeWatched', async () => {
  const { engine, connection } = await connected();
  connection.watch('branch:other');
  await settle();
  expect(connection.state()).toMatchObject({ view: null, closed: { code: 'request.not.found' } });
  connection.watch('hq');
  await settle();
  expect(connection.state().closed).toBeNull();
  expect(connection.state().view?.self.node).toBe('hq');
  engine.end('hq');
  expect(connection.state(), 'a right that ends takes the figures with it').toMatchObject({ view: null, closed: { code: 'request.not.found' } });
});

test('MapConnection_LineCut_ComesBackToTheNodeThatIsLookedAt', async () => {
  const { engine, timing, connection } = await connected();
  connection.watch('branch:hn');
  await settle();
  engine.cut();
  await timing.advance(1_000);
  expect(engine.watches).toEqual(['hq', 'branch:hn', 'branch:hn']);
  expect(connection.state().view?.self.node).toBe('branch:hn');
});
