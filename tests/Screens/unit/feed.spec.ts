import { expect, test } from '@playwright/test';
import { changed, emptyFeed, isLive, joined, learned, withoutEnded, type Feed } from '../../../src/Web/src/connection/feed';
import { desk, prompt, push, snapshot } from './prompts';

const held = (seq: number, ...prompts: ReturnType<typeof prompt>[]): Feed => joined(emptyFeed, snapshot(seq, ...prompts)).feed;

test('Feed_Snapshot_HoldsItsPromptsAndSeq', () => {
  const feed = held(7, prompt('a', 5), prompt('b', 7));
  expect([...feed.prompts.keys()]).toEqual(['a', 'b']);
  expect(feed).toMatchObject({ seq: 7, joined: true, more: false });
});

test('Feed_PushThatFollows_IsTaken', () => {
  const { feed, gap } = changed(held(7, prompt('a', 7)), push(7, 9, prompt('a', 8, { state: 'accepted' }), prompt('b', 9)));
  expect(gap).toBe(false);
  expect(feed.seq).toBe(9);
  expect(feed.prompts.get('a')?.state).toBe('accepted');
  expect(feed.prompts.has('b')).toBe(true);
});

for (const from of [6, 8]) {
  test(`Feed_PushFrom${from}WhileAt7_ChangesNothingAndIsAGap`, () => {
    const before = held(7, prompt('a', 7));
    const { feed, gap } = changed(before, push(from, 9, prompt('b', 9)));
    expect(gap).toBe(true);
    expect(feed).toBe(before);
  });
}

test('Feed_Heartbeat_ChangesNothing', () => {
  const before = held(7, prompt('a', 7));
  expect(changed(before, push(7, 7))).toEqual({ feed: before, gap: false });
  expect(changed(before, push(7, 7)).feed).toBe(before);
});

test('Feed_HeartbeatAhead_TellsOfALostChange', () => {
  expect(changed(held(7), push(8, 8)).gap).toBe(true);
});

test('Feed_JoinAnsweredWithChanges_MergesThem', () => {
  const { feed, gap } = joined(held(7, prompt('a', 5), prompt('b', 7)), push(7, 9, prompt('b', 8, { state: 'done' }), prompt('c', 9)));
  expect(gap).toBe(false);
  expect([...feed.prompts].map(([id, { state }]) => `${id} ${state}`)).toEqual(['a open', 'b done', 'c open']);
});

test('Feed_JoinAnsweredFromElsewhere_IsAGap', () => {
  expect(joined(held(7), push(3, 9)).gap).toBe(true);
  expect(joined(held(7), push(7, 4)).gap).toBe(true);
});

test('Feed_SnapshotAfterABreak_KeepsRowsThatEndedMeanwhile', () => {
  const { feed } = joined(held(7, prompt('a', 5), prompt('b', 7)), snapshot(20, prompt('b', 18, { state: 'seen' })));
  expect(feed.prompts.get('a')?.state).toBe('ended');
  expect(feed.prompts.get('b')?.state).toBe('seen');
  expect(isLive(feed.prompts.get('a') ?? prompt('x', 0), desk)).toBe(false);
});

test('Feed_SnapshotThatWasCut_SaysNothingOfWhatIsNotInIt', () => {
  const { feed } = joined(held(7, prompt('a', 5)), { ...snapshot(20, prompt('b', 18)), more: true });
  expect([...feed.prompts.keys()]).toEqual(['b']);
  expect(feed.more).toBe(true);
});

test('Feed_AnswerToAnActionThatIsOlder_IsDropped', () => {
  const feed = learned(held(9, prompt('a', 9, { state: 'done' })), prompt('a', 8, { state: 'accepted' }));
  expect(feed.prompts.get('a')?.state).toBe('done');
  expect(feed.seq).toBe(9);
});

test('Feed_ForgettingTheEnded_KeepsTheLiveAndDropsWhatMovedAway', () => {
  const feed = withoutEnded(held(9, prompt('a', 1), prompt('b', 2, { state: 'expired' }), prompt('c', 3, { desk: 'hq' })), desk);
  expect([...feed.prompts.keys()]).toEqual(['a']);
});

test('Feed_AnyCutOfTheStream_EndsWhereAnUnbrokenOneDoes', () => {
  const changes = Array.from({ length: 60 }, (_, index) => prompt(`p${(index * 7) % 11}`, index + 1, { state: index % 3 === 0 ? 'open' : index % 3 === 1 ? 'seen' : 'accepted' }));
  const answerFrom = (seq: number) => push(seq, changes.length, ...changes.slice(seq));
  const whole = joined(emptyFeed, answerFrom(0)).feed;
  for (let cut = 1; cut < changes.length; cut++) {
    const before = joined(emptyFeed, push(0, cut, ...changes.slice(0, cut))).feed;
    const after = joined(before, answerFrom(cut)).feed;
    expect([...after.prompts].sort()).toEqual([...whole.prompts].sort());
    expect(after.seq).toBe(whole.seq);
  }
});
