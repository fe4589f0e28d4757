import type { DeskMessage, Prompt } from '../api/types';

/** The prompts of one desk as far as this screen has heard, and the last `seq` of which it has everything. */
export interface Feed {
  readonly seq: number;
  /** False until the first answer to a Join. */
  readonly joined: boolean;
  /** The desk holds more than its snapshot could carry. */
  readonly more: boolean;
  /** Live ones, and those that ended since the list was last taken in. */
  readonly prompts: ReadonlyMap<string, Prompt>;
}

export const emptyFeed: Feed = { seq: 0, joined: false, more: false, prompts: new Map() };

/** `gap`: something is missing between what is held and this message, so the desk must be joined again. */
export type Received = { readonly feed: Feed; readonly gap: boolean };

/** The answer to Join: everything (a snapshot), or what changed after the `seq` that was asked from. */
export function joined(feed: Feed, answer: DeskMessage): Received {
  if (answer.snapshot === true) {
    return { feed: { seq: answer.seq, joined: true, more: answer.more === true, prompts: replaced(feed.prompts, answer) }, gap: false };
  }
  if (answer.from !== feed.seq || answer.seq < feed.seq) {
    return { feed, gap: true };
  }
  return { feed: { ...feed, seq: answer.seq, joined: true, prompts: merged(feed.prompts, answer.prompts) }, gap: false };
}

/** A push. It follows on what is held, or it is not used at all: order and completeness come from Join alone. */
export function changed(feed: Feed, message: DeskMessage): Received {
  if (message.from !== feed.seq) {
    return { feed, gap: true };
  }
  const prompts = message.prompts.length === 0 ? feed.prompts : merged(feed.prompts, message.prompts);
  return message.seq === feed.seq && prompts === feed.prompts
    ? { feed, gap: false }
    : { feed: { ...feed, seq: message.seq, prompts }, gap: false };
}

/** A prompt learnt out of turn, as the answer to an action: newer than what is held, or dropped. Moves no `seq`. */
export function learned(feed: Feed, prompt: Prompt): Feed {
  return { ...feed, prompts: merged(feed.prompts, [prompt]) };
}

/** Lets go of what has ended. */
export function withoutEnded(feed: Feed, desk: string): Feed {
  const live = [...feed.prompts].filter(([, prompt]) => isLive(prompt, desk));
  return live.length === feed.prompts.size ? feed : { ...feed, prompts: new Map(live) };
}

/** Open, seen, snoozed or accepted, and on this desk: a prompt that left is sent once more with its new desk. */
export function isLive(prompt: Prompt, desk: string): boolean {
  return prompt.desk === desk && !hasEnded(prompt);
}

function merged(held: ReadonlyMap<string, Prompt>, news: readonly Prompt[]): ReadonlyMap<string, Prompt> {
  const next = new Map(held);
  for (const prompt of news) {
    const known = next.get(prompt.id);
    if (known === undefined || prompt.seq >= known.seq) {
      next.set(prompt.id, prompt);
    }
  }
  return next;
}

/**
 * A snapshot holds live prompts only. One that was held and is not in it ended meanwhile, nobody knows how: its row stays
 * as ended. Where the snapshot was cut, absence says nothing and the row goes.
 */
function replaced(held: ReadonlyMap<string, Prompt>, snapshot: DeskMessage): ReadonlyMap<string, Prompt> {
  const next = new Map(snapshot.prompts.map((prompt) => [prompt.id, prompt]));
  for (const [id, prompt] of snapshot.more === true ? [] : held) {
    if (!next.has(id)) {
      next.set(id, hasEnded(prompt) ? prompt : { ...prompt, state: 'ended', by: null });
    }
  }
  return next;
}

function hasEnded({ state }: Prompt): boolean {
  return state !== 'open' && state !== 'seen' && state !== 'snoozed' && state !== 'accepted';
}
