import { expect, test } from '@playwright/test';
import { DeskConnection } from '../../../src/Web/src/connection/deskConnection';
import { FakeEngine, ManualTiming, settle } from './fakeEngine';
import { desk, prompt } from './prompts';

async function connected() {
  const engine = new FakeEngine();
  const timing = new ManualTiming();
  const connection = new DeskConnection({ desk, open: engine.open, timing, online: true, onSignedOut: () => undefined });
  engine.raise('a');
  connection.start();
  await settle();
  return { engine, timing, connection };
}

const idsOf = (connection: DeskConnection): string[] => [...connection.state().feed.prompts.keys()];

/** A second of heartbeats. */
async function beat({ engine, timing }: { engine: FakeEngine; timing: ManualTiming }, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await timing.advance(1_000);
    engine.push();
  }
}

test('Connection_Started_JoinsAndIsLive', async () => {
  const { engine, connection } = await connected();
  expect(engine.joins).toEqual([0]);
  expect(idsOf(connection)).toEqual(['a']);
  expect(connection.state().health.kind).toBe('live');
});

test('Connection_ManyPushesInAFrame_AreTakenInOnceAndNoneIsLost', async () => {
  const { engine, timing, connection } = await connected();
  timing.holdFrames();
  let told = 0;
  connection.subscribe(() => { told++; });
  for (const id of ['b', 'c', 'b', 'd']) {
    engine.raise(id, { value: engine.seq });
    engine.push();
  }
  expect(told).toBe(0);
  timing.draw();
  expect(told).toBe(1);
  expect(idsOf(connection)).toEqual(['a', 'b', 'c', 'd']);
  expect(connection.state().feed).toMatchObject({ seq: 5 });
  expect(connection.state().feed.prompts.get('b')?.value).toBe(3);
  engine.raise('e');
  engine.push();
  engine.cut();
  expect(idsOf(connection), 'what came before the cut').toContain('e');
  expect(engine.joins).toEqual([0]);
});

test('Connection_PushWasLost_JoinsAgainFromItsOwnSeqAndHasEverythingOnce', async () => {
  const { engine, connection } = await connected();
  engine.raise('b');
  engine.raise('c');
  engine.push({ from: 2, seq: 3, prompts: engine.changes.slice(2) });
  await settle();
  expect(engine.joins).toEqual([0, 1]);
  expect(idsOf(connection)).toEqual(['a', 'b', 'c']);
  expect(connection.state().feed.seq).toBe(3);
});

test('Connection_LineCut_ComesBackSoonWithWhatHappenedMeanwhile', async () => {
  const { engine, timing, connection } = await connected();
  engine.cut();
  engine.raise('b');
  await timing.advance(500);
  expect(engine.joins).toEqual([0, 1]);
  expect(idsOf(connection)).toEqual(['a', 'b']);
});

test('Connection_HeartbeatsStop_SaysLateThenGivesTheSocketUp', async () => {
  const all = await connected();
  await beat(all, 3);
  await all.timing.advance(3_000);
  expect(all.connection.state().health).toEqual({ kind: 'late', seconds: 3 });
  expect(all.engine.connections).toBe(1);
  all.engine.reachable = false;
  await all.timing.advance(2_500);
  expect(all.connection.state().health.kind).toBe('offline');
  all.engine.reachable = true;
  await all.timing.advance(2_500);
  expect(all.connection.state().health.kind).toBe('live');
  expect(all.engine.connections).toBeGreaterThan(1);
});

test('Connection_HeartbeatsGoOn_KeepsItsSocket', async () => {
  const all = await connected();
  await beat(all, 30);
  expect(all.engine.connections).toBe(1);
  expect(all.connection.state().health.kind).toBe('live');
});

test('Action_MadeOffline_WaitsAndIsSentOnReturn', async () => {
  const { engine, connection } = await connected();
  connection.setOnline(false);
  connection.act('a', { actionId: 'x', action: 'accept' });
  expect(connection.state().outbox).toMatchObject([{ actionId: 'x', phase: 'waiting' }]);
  expect(engine.acts).toEqual([]);
  connection.setOnline(true);
  await settle();
  expect(engine.acts).toMatchObject([{ actionId: 'x', promptId: 'a' }]);
  expect(connection.state().outbox).toEqual([]);
  expect(connection.state().feed.prompts.get('a')?.state).toBe('accepted');
});

test('Action_AnswerLostWithTheLine_GoesAgainUnderTheSameId', async () => {
  const { engine, timing, connection } = await connected();
  engine.losesAnswers = true;
  connection.act('a', { actionId: 'x', action: 'accept' });
  await settle();
  engine.cut();
  expect(connection.state().outbox).toMatchObject([{ phase: 'waiting' }]);
  engine.losesAnswers = false;
  await timing.advance(500);
  expect(engine.acts.map(({ actionId }) => actionId)).toEqual(['x', 'x']);
  expect(connection.state().outbox).toEqual([]);
});

test('Action_NoAnswerOnALiveLine_HasFailedAndIsRepeatedByHand', async () => {
  const all = await connected();
  all.engine.losesAnswers = true;
  all.connection.act('a', { actionId: 'x', action: 'accept' });
  await beat(all, 6);
  expect(all.connection.state().outbox).toMatchObject([{ actionId: 'x', phase: 'failed' }]);
  all.engine.losesAnswers = false;
  all.connection.retry('x');
  await settle();
  expect(all.engine.acts.map(({ actionId }) => actionId)).toEqual(['x', 'x']);
  expect(all.connection.state().outbox).toEqual([]);
});

test('Action_Refused_IsNamedAndNotRepeated', async () => {
  const { engine, connection } = await connected();
  engine.refuses = 'prompt.taken: somebody was first';
  connection.act('a', { actionId: 'x', action: 'accept' });
  await settle();
  expect(connection.state().outbox).toEqual([]);
  expect(connection.state().refusal).toMatchObject({ code: 'prompt.taken', entry: { actionId: 'x' } });
});

test('Action_EngineBusy_HasFailedAndMayBeRepeated', async () => {
  const { engine, connection } = await connected();
  engine.refuses = 'engine.busy: later';
  connection.act('a', { actionId: 'x', action: 'accept' });
  await settle();
  expect(connection.state().outbox).toMatchObject([{ phase: 'failed' }]);
  expect(connection.state().refusal).toBeNull();
});

test('Action_StillWaiting_CanBeRecalled', async () => {
  const { engine, connection } = await connected();
  connection.setOnline(false);
  connection.act('a', { actionId: 'x', action: 'dismiss' });
  expect(connection.recall('x')).toBe(true);
  connection.setOnline(true);
  await settle();
  expect(engine.acts).toEqual([]);
  expect(connection.recall('x')).toBe(false);
});

test('Connection_EngineBeganAnew_TakesASnapshot', async () => {
  const { engine, timing, connection } = await connected();
  engine.raise('b');
  engine.push();
  engine.cut();
  engine.changes.length = 0;
  engine.changes.push(prompt('z', 1));
  await timing.advance(500);
  expect(engine.joins).toEqual([0, 2, 0]);
  expect(connection.state().feed.prompts.get('z')?.state).toBe('open');
  expect(connection.state().feed.prompts.get('b')?.state).toBe('ended');
});
