import type { DeskMessage } from '../api/types';

/** Messages of a desk, each following on the one before, until they are taken in together. */
export class Gathering {
  #messages: DeskMessage[] = [];

  /** Of the last one; null: there is none. */
  get seq(): number | null {
    return this.#messages.at(-1)?.seq ?? null;
  }

  /** Returns whether it is the first since they were taken. */
  add(message: DeskMessage): boolean {
    return this.#messages.push(message) === 1;
  }

  /** All of them as one; null: there is none. */
  take(): DeskMessage | null {
    const [first, seq] = [this.#messages[0], this.seq];
    const prompts = this.#messages.flatMap((message) => message.prompts);
    this.#messages = [];
    return first === undefined || seq === null ? null : { from: first.from, seq, prompts };
  }
}
