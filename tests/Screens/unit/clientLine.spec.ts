import { expect, test } from '@playwright/test';
import { ClientLine, type ClientWireEvents, type OpenClientWire } from '../../../src/Web/src/clientPage/clientLine';
import { ManualTiming, settle } from './fakeEngine';

/** The hub of open clients' pages, as an engine would serve it. */
class FakeHub {
  readonly watches: string[] = [];
  refuses = false;
  events: ClientWireEvents | null = null;

  readonly open: OpenClientWire = (events) => ({
    start: () => Promise.resolve(),
    watch: (client) => {
      this.watches.push(client);
      this.events = events;
      return this.refuses ? Promise.reject(new Error("An unexpected error occurred invoking 'Watch' on the server. HubException: request.not.found: no")) : Promise.resolve();
    },
    abandon: () => { if (this.events === events) this.events = null; },
  });
}

async function begun() {
  const hub = new FakeHub();
  const timing = new ManualTiming();
  const line = new ClientLine('c-1', { open: hub.open, timing, online: true, onSignedOut: () => undefined });
  line.start();
  await settle();
  return { hub, timing, line };
}

test('ClientLine_NobodyOnTheScreenYet_AsksForNobody', async () => {
  const { hub, timing, line } = await begun();
  await timing.advance(2_000);
  expect(hub.watches).toEqual([]);
  line.shown();
  await timing.advance(250);
  expect(hub.watches).toEqual(['c-1']);
  expect(line.state().health.kind).toBe('live');
});

test('ClientLine_RightEnds_SaysSoOnceAndAsksNoMoreUntilItIsTold', async () => {
  const { hub, timing, line } = await begun();
  line.shown();
  await timing.advance(250);
  hub.events?.ended();
  expect(line.state().endedAt).toBe(timing.now());
  await timing.advance(60_000);
  expect(hub.watches).toEqual(['c-1']);

  line.again();
  expect(line.state().endedAt).toBeNull();
  await timing.advance(2_000);
  expect(hub.watches, 'he is not on the screen').toEqual(['c-1']);
  hub.refuses = true;
  line.shown();
  await timing.advance(250);
  expect(line.state().endedAt, 'a refusal is an end too').toBe(timing.now());
});

test('ClientLine_FallsSilent_IsOfflineAndWatchesAgain', async () => {
  const { hub, timing, line } = await begun();
  line.shown();
  await timing.advance(250);
  await timing.advance(3_000);
  expect(line.state().health.kind).toBe('late');
  await timing.advance(2_500);
  expect(line.state().endedAt).toBeNull();
  await timing.advance(1_000);
  expect(hub.watches).toEqual(['c-1', 'c-1']);
  expect(line.state().health.kind).toBe('live');
});
