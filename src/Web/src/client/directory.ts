import { Problem } from '../api/http';
import type { Client } from '../api/types';

export interface Entry {
  readonly client: Client | null;
  /** When `client` was read, ms of the screen's clock. */
  readonly at: number;
  /** The newest reading failed: since when, and with which status (0: no answer). */
  readonly failure: { readonly since: number; readonly status: number } | null;
}

const readingMax = 4;
const entriesMax = 2_000;

/** The clients that the rows and the panel name: read once when first needed, and again when something says they changed. */
export class ClientDirectory {
  readonly #read: (id: string) => Promise<Client>;
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  #onScreen: readonly string[] = [];
  #wanted: string[] = [];
  readonly #reading = new Set<string>();
  #version = 0;

  constructor(read: (id: string) => Promise<Client>, now: () => number) {
    this.#read = read;
    this.#now = now;
  }

  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  entry(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** The rows on the screen: what scrolled away before it was read is not read. */
  want(ids: readonly string[]): void {
    this.#onScreen = ids;
    this.#wanted = ids.filter((id) => !this.#entries.has(id));
    this.#next();
  }

  /** The connection is back: what failed without it is read again. */
  retryFailed(): void {
    this.#wanted = this.#onScreen.filter((id) => this.#entries.get(id)?.failure !== null);
    this.#next();
  }

  refresh(id: string): void {
    this.#wanted = [id, ...this.#wanted.filter((other) => other !== id)];
    this.#next();
  }

  #next(): void {
    while (this.#reading.size < readingMax) {
      const index = this.#wanted.findIndex((id) => !this.#reading.has(id));
      const [id] = index < 0 ? [] : this.#wanted.splice(index, 1);
      if (id === undefined) {
        return;
      }
      this.#reading.add(id);
      this.#read(id).then(
        (client) => this.#keep(id, { client, at: this.#now(), failure: null }),
        (error: unknown) => {
          const status = error instanceof Problem ? error.status : 0;
          const held = this.#entries.get(id);
          // What the caller may no longer see is not kept either.
          const client = status === 404 || status === 403 ? null : held?.client ?? null;
          this.#keep(id, { client, at: held?.at ?? this.#now(), failure: { since: held?.failure?.since ?? this.#now(), status } });
        },
      );
    }
  }

  #keep(id: string, entry: Entry): void {
    this.#reading.delete(id);
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > entriesMax && oldest !== undefined) {
      this.#entries.delete(oldest);
    }
    this.#version++;
    this.#listeners.forEach((listener) => listener());
    this.#next();
  }
}
