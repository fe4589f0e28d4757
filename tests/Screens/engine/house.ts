import type { Province } from '../../../src/Web/src/map/provinces';
import type { Firm } from './firm';

export const openingAt = '2026-03-02T01:30:00Z'; // a Monday, 09:30 in Shanghai

export interface Branch {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A branch of the firm with one outlet and one advisor, a few clients, and the firm's campaign that speaks at a large trade. */
export class House {
  readonly outlet: string;
  readonly advisor: string;
  readonly desk: string;
  /** Of its branch, on the map and in the rights of a manager. */
  readonly node: string;
  readonly province: string;
  readonly #firm: Firm;
  readonly #id: string;
  readonly #number: number;
  readonly #code: number;
  readonly #names: readonly string[];

  constructor(firm: Firm, number: number, province: Province, names: readonly string[]) {
    this.#firm = firm;
    this.#number = number;
    this.#code = province.code;
    this.#names = names;
    this.#id = `h${number}`;
    this.outlet = `${this.#id}-001`;
    this.advisor = `a-${1000 + number}`;
    this.desk = `advisor:${this.advisor}`;
    this.node = `branch:${this.#id}`;
    this.province = province.name.zh;
  }

  /** The id of the first, second, … client. */
  client(place: number): string {
    return `c-${this.#number}-${place}`;
  }

  document(status: 'active' | 'left' = 'active'): Branch {
    return {
      id: this.#id, name: { zh: '华南分公司', en: 'South China' }, province: this.#code, mode: 'linked', kpi: 'share',
      outlets: [{
        id: this.outlet, name: { zh: '天河营业部', en: 'Tianhe' }, advisorFrom: 500000, intensiveBelow: 50000,
        advisors: [{ id: this.advisor, name: '林静怡', capacity: 300, status, licences: ['advice'] }],
      }],
    };
  }

  /** Its clients open their accounts. */
  open(): Promise<void> {
    return this.#firm.send(...this.#names.flatMap((name, index) => [
      this.#event(index + 1, 'account.opened', { outlet: this.outlet, channel: 'online', name, phone: '13800002046', risk: 4, consents: ['phone'] }),
      this.#event(index + 1, 'assets.valued', { total: 800_000 }),
    ]));
  }

  /** A trade of 200,000 yuan by each. */
  trade(...clients: readonly number[]): Promise<void> {
    return this.#firm.send(...clients.map((client) =>
      this.#event(client, 'trade.executed', { symbol: '600519', side: 'buy', quantity: 100, price: 2000, product: 'stock', commission: 60 })));
  }

  /** A trade of 1,000 yuan: too small for the campaign. */
  small(client: number): Promise<void> {
    return this.#firm.send(this.#event(client, 'trade.executed', { symbol: '600519', side: 'buy', quantity: 10, price: 100, product: 'stock', commission: 5 }));
  }

  /** The only advisor leaves: his clients are no longer his. */
  advisorLeaves(): Promise<void> {
    return this.#firm.put(this.document('left'));
  }

  #event(client: number, type: string, data: object): object {
    return { type, subject: this.client(client), time: openingAt, data };
  }
}
