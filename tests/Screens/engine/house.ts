import type { Engine } from './engine';

export const openingAt = '2026-03-02T01:30:00Z'; // a Monday, 09:30 in Shanghai
export const advisor = 'a-1001';
export const desk = `advisor:${advisor}`;

const organisation = {
  branches: [{
    id: 'hn', name: { zh: '华南分公司', en: 'South China' }, province: 440000, mode: 'linked', kpi: 'share',
    outlets: [{
      id: 'hn-001', name: { zh: '天河营业部', en: 'Tianhe' }, advisorFrom: 500000, intensiveBelow: 50000,
      advisors: [{ id: advisor, name: '林静怡', capacity: 300, status: 'active', licences: ['advice'] }],
    }],
  }],
};

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

/** A small brokerage on an engine: one advisor, a few clients, one campaign that speaks at a large trade. */
export class House {
  readonly #engine: Engine;
  readonly #admin: string;
  readonly #feed: string;
  #events = 0;

  private constructor(engine: Engine, admin: string, feed: string) {
    this.#engine = engine;
    this.#admin = admin;
    this.#feed = feed;
  }

  static async on(engine: Engine, clients: readonly (readonly [id: string, name: string])[]): Promise<House> {
    const house = new House(engine, await engine.token('hq-admin', 'admin'), await engine.token('ingest', 'feed'));
    await engine.call('PUT', '/v1/organisation', house.#admin, organisation);
    await engine.call('PUT', '/v1/catalogue', house.#admin, catalogue);
    await house.send(...clients.flatMap(([id, name]) => [
      house.#event(id, 'account.opened', { outlet: 'hn-001', channel: 'online', name, phone: '13800002046', risk: 4, consents: ['phone'] }),
      house.#event(id, 'assets.valued', { total: 800_000 }),
    ]));
    return house;
  }

  /** A trade of 200,000 yuan. */
  async trade(...clients: string[]): Promise<void> {
    await this.send(...clients.map((client) =>
      this.#event(client, 'trade.executed', { symbol: '600519', side: 'buy', quantity: 100, price: 2000, product: 'stock', commission: 60 })));
  }

  /** A trade of 1,000 yuan: too small for the campaign. */
  async small(client: string): Promise<void> {
    await this.send(this.#event(client, 'trade.executed', { symbol: '600519', side: 'buy', quantity: 10, price: 100, product: 'stock', commission: 5 }));
  }

  /** The only advisor leaves: his clients are no longer his. */
  async advisorLeaves(): Promise<void> {
    const left = structuredClone(organisation);
    left.branches.forEach((branch) => branch.outlets.forEach((outlet) => outlet.advisors.forEach((each) => { each.status = 'left'; })));
    await this.#engine.call('PUT', '/v1/organisation', this.#admin, left);
  }

  /** Sends events, and waits until everything that follows from them has settled. */
  async send(...events: object[]): Promise<void> {
    const answer = await this.#engine.call('POST', '/v1/events', this.#feed, events, 'application/cloudevents-batch+json') as { rejected: unknown[] };
    if (answer.rejected.length > 0) {
      throw new Error(`Rejected: ${JSON.stringify(answer.rejected)}`);
    }
    await this.#engine.call('GET', '/v1/progress?wait=30', this.#admin);
  }

  #event(subject: string, type: string, data: object): object {
    return { specversion: '1.0', id: `e-${++this.#events}`, source: 'screens', type, subject, time: openingAt, data };
  }
}
