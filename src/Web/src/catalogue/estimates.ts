import { get } from '../api/http';
import type { Page } from '../api/types';
import { sendDocument } from './documents';
import { builtInMetrics } from './language';
import type { Counted } from './usePreview';

/** How many clients an example matches. */
export interface Estimate {
  readonly example: string;
  readonly matching: number;
  readonly clients: number;
}

/** An example of each name's use. They are counted together, in one look at all clients. */
const examples: Readonly<Record<string, string>> = {
  'client.advisor': 'client.advisor != ""', 'client.age': 'client.age >= 60', 'client.assets': 'client.assets >= 500000.0', 'client.channel': 'client.channel == "online"',
  'client.consents': '"phone" in client.consents', 'client.contracts': 'size(client.contracts) > 0', 'client.holdings': 'size(client.holdings) > 0',
  'client.opened': 'now - client.opened < duration("720h")', 'client.risk': 'client.risk >= 4', 'client.riskValid': 'client.riskValid', 'client.status': 'client.status == "active"',
  'client.tags': 'size(client.tags) > 0',
  ...Object.fromEntries(builtInMetrics.map((metric) => [metric, `${metric}.within("30d")`])),
};

/** What is known is shown again until it is this old: a look at all clients is not free. */
const keptMs = 10 * 60_000;
/** When it is asked again after it could not be counted. */
const againMs = 60_000;

/** Figures beside the names that the completion offers, read when the first is asked for. */
export class Estimates {
  #examples: { readonly at: number; readonly counted: Promise<Counted | null> } | null = null;
  #members: { readonly at: number; readonly counts: Promise<ReadonlyMap<string, number>> } | null = null;

  has(name: string): boolean {
    return examples[name] !== undefined;
  }

  /** Null: nothing is known of this name. */
  async of(name: string): Promise<Estimate | null> {
    const example = examples[name];
    if (example === undefined) {
      return null;
    }
    const counted = await this.#count();
    const found = counted?.segments.find(({ id }) => id === name);
    return counted === null || found === undefined ? null : { example, matching: found.would, clients: counted.clients };
  }

  /** How many are in a segment that is published; null: it is not, or nobody knows. */
  async membersOf(segment: string): Promise<number | null> {
    if (this.#members === null || Date.now() - this.#members.at > keptMs) {
      this.#members = {
        at: Date.now(),
        counts: get<Page<{ id: string; members: number }>>('/v1/segments').then(({ items }) => new Map(items.map(({ id, members }) => [id, members])), () => {
          this.#members = null;
          return new Map<string, number>();
        }),
      };
    }
    return (await this.#members.counts).get(segment) ?? null;
  }

  #count(): Promise<Counted | null> {
    if (this.#examples === null || Date.now() - this.#examples.at > keptMs) {
      const text = JSON.stringify({ segments: Object.entries(examples).map(([id, when]) => ({ id, when })) });
      this.#examples = {
        at: Date.now(),
        counted: sendDocument({ method: 'POST', path: '/v1/catalogue/preview', text, json: true, language: 'en' }).then((answer) => (answer.kind === 'ok' ? answer.body as Counted : this.#later()), () => this.#later()),
      };
    }
    return this.#examples.counted;
  }

  /** Not asked again with each name that is highlighted. */
  #later(): null {
    this.#examples = { at: Date.now() - keptMs + againMs, counted: Promise.resolve(null) };
    return null;
  }
}
