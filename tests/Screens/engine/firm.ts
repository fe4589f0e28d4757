import { provinces } from '../../../src/Web/src/map/provinces';
import type { Engine } from './engine';
import { House, type Branch } from './house';

const catalogue = {
  segments: [{ id: 'advised', name: { zh: '投顾客户', en: 'Advised' }, when: 'client.assets >= 500000.0' }],
  campaigns: [{
    id: 'large-trade', name: { zh: '大额成交', en: 'Large trade' },
    trigger: { event: 'trade.executed' }, when: 'event.data.amount >= 100000.0',
    offer: { kind: 'call', value: 'event.data.amount * 0.001' },
    message: { zh: '{client.name} 买入 {event.data.symbol}，资产 {client.assets} 元', en: '{client.name} bought {event.data.symbol}, assets {client.assets}' },
    priority: 95, desks: ['advisor'], expires: '48h',
  }],
};

/** Never one of a house. */
export const emptyProvince = '香港';

/** A brokerage on an engine, which grows by a house for each test that runs on it: what happens in one is not seen from another. */
export class Firm {
  readonly engine: Engine;
  readonly #admin: string;
  readonly #feed: string;
  #branches: readonly Branch[] = [];
  #built = 0;
  #events = 0;

  private constructor(engine: Engine, admin: string, feed: string) {
    this.engine = engine;
    this.#admin = admin;
    this.#feed = feed;
  }

  static async on(engine: Engine): Promise<Firm> {
    const firm = new Firm(engine, await engine.token('hq-admin', 'admin'), await engine.token('ingest', 'feed'));
    await engine.call('PUT', '/v1/catalogue', firm.#admin, catalogue);
    return firm;
  }

  /** A house with clients, in a province where no other is. */
  async house(clients: readonly string[]): Promise<House> {
    const free = provinces.filter(({ name }) => name.zh !== emptyProvince);
    const province = free[this.#built++ % free.length];
    if (province === undefined) {
      throw new Error('There are provinces.');
    }
    const house = new House(this, this.#built, province, clients);
    await this.put(house.document());
    await house.open();
    return house;
  }

  /** Publishes a branch as it is now. The one that changed last comes first, where an editor shows it. */
  async put(branch: Branch): Promise<void> {
    this.#branches = [branch, ...this.#branches.filter(({ id }) => id !== branch.id)];
    await this.engine.call('PUT', '/v1/organisation', this.#admin, { branches: this.#branches });
  }

  /** Somebody quotes a security. */
  async quote(symbol: string, price: number, previousClose: number, time: string): Promise<void> {
    await this.engine.call('POST', '/v1/quotes', this.#feed, [{ symbol, price, previousClose, time }]);
  }

  /** Sends events, and waits until everything that follows from them has settled. */
  async send(...events: readonly object[]): Promise<void> {
    const numbered = events.map((event) => ({ specversion: '1.0', id: `e-${++this.#events}`, source: 'screens', ...event }));
    const answer = await this.engine.call('POST', '/v1/events', this.#feed, numbered, 'application/cloudevents-batch+json') as { rejected: unknown[] };
    if (answer.rejected.length > 0) {
      throw new Error(`Rejected: ${JSON.stringify(answer.rejected)}`);
    }
    await this.engine.call('GET', '/v1/progress?wait=30', this.#admin);
  }
}
