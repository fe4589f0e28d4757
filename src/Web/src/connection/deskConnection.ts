import type { ActionRequest, DeskMessage, Load } from '../api/types';
import { Delivery } from './delivery';
import { changed, emptyFeed, joined, withoutEnded, type Feed, type Received } from './feed';
import type { Health } from './health';
import { Lifeline, sameHealth, type LifelineSettings } from './lifeline';
import { isRefusal, refusalCode, type Outbox, type Outgoing } from './outbox';
import { answerMsMax, within } from './timing';
import type { OpenTransport, Transport } from './transport';

/** A push may overtake the answer to Join; more than so many and the desk is joined again instead. */
const earlyMax = 256;

export interface DeskState {
  readonly feed: Feed;
  readonly outbox: Outbox;
  readonly load: Load | null;
  readonly health: Health;
  /** As of when the list is true, ms of the screen's clock. */
  readonly heardAt: number | null;
  /** The engine's last refusal. */
  readonly refusal: { readonly code: string; readonly entry: Outgoing; readonly at: number } | null;
  /** Why the desk may not be opened (any more): a code. The connection has stopped for good. */
  readonly closed: string | null;
}

export interface DeskSettings extends LifelineSettings {
  readonly desk: string;
  readonly open: OpenTransport;
}

/**
 * One desk, kept up to date through every break of the line: joins with the last `seq` it has, joins again when a message
 * does not follow on it, reconnects by itself when heartbeats stop, and repeats actions until they are answered.
 */
export class DeskConnection {
  #state: DeskState = {
    feed: emptyFeed, outbox: [], load: null, health: { kind: 'connecting' }, heardAt: null, refusal: null, closed: null,
  };
  readonly #settings: DeskSettings;
  readonly #listeners = new Set<() => void>();
  readonly #delivery: Delivery;
  readonly #line: Lifeline<Transport>;
  #early: DeskMessage[] | null = null;

  constructor(settings: DeskSettings) {
    this.#settings = settings;
    this.#line = new Lifeline(settings, {
      wants: () => this.#state.closed === null,
      listens: () => true,
      open: () => this.#open(),
      begin: (transport) => this.#begin(transport),
      dropped: () => this.#dropped(),
      health: (health) => { if (!sameHealth(health, this.#state.health)) this.#set({}); },
    });
    this.#delivery = new Delivery(settings, this.state, (change) => this.#set(change));
  }

  readonly state = (): DeskState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.#line.start();
  }

  stop(): void {
    this.#line.stop();
  }

  setOnline(online: boolean): void {
    this.#line.setOnline(online);
  }

  act(promptId: string, request: ActionRequest): void {
    this.#delivery.add(promptId, request);
    this.#flush();
  }

  /** Sends again what failed, under the same id. */
  retry(actionId: string): void {
    this.#delivery.again(actionId);
    this.#flush();
  }

  /** Takes back an action that has not left this screen. False when it has: then only `undo` helps. */
  recall(actionId: string): boolean {
    return this.#delivery.recall(actionId);
  }

  forgetEnded(): void {
    const feed = withoutEnded(this.#state.feed, this.#settings.desk);
    if (feed !== this.#state.feed) {
      this.#set({ feed });
    }
  }

  #open(): Transport {
    const transport: Transport = this.#settings.open({
      changed: (message) => { if (this.#line.wire === transport) this.#receive(message); },
      load: (load) => { if (this.#line.wire === transport) this.#set({ load, heardAt: this.#line.heard() }); },
      closed: () => { if (this.#line.wire === transport) this.#line.drop(); },
    });
    return transport;
  }

  async #begin(transport: Transport): Promise<void> {
    try {
      await this.#join(transport);
    } catch (error) {
      const code = refusalCode(error);
      if (isRefusal(code) && this.#line.wire === transport) {
        this.#set({ closed: code });
      }
      throw error;
    }
  }

  async #join(transport: Transport): Promise<void> {
    this.#early = [];
    const { feed } = this.#state;
    let answer = this.#take(joined(feed, await this.#askJoin(transport, feed.seq)), transport);
    if (answer.gap) {
      // The desk no longer knows the past that this screen asks from: begin anew.
      answer = this.#take(joined({ ...emptyFeed, prompts: feed.prompts }, await this.#askJoin(transport, 0)), transport);
    }
    if (this.#line.wire !== transport) {
      return;
    }
    const early = this.#early ?? [];
    this.#early = null;
    this.#line.connected();
    this.#set({ feed: answer.feed, heardAt: this.#line.heard() });
    // What overtook the answer is in it already, or follows on it.
    early.filter((message) => message.seq > answer.feed.seq).forEach((message) => this.#receive(message));
    this.#flush();
  }

  #askJoin(transport: Transport, lastSeq: number): Promise<DeskMessage> {
    return within(this.#settings.timing, answerMsMax, transport.join(this.#settings.desk, lastSeq));
  }

  #take(received: Received, transport: Transport): Received {
    if (this.#line.wire === transport) {
      this.#line.heard();
    }
    return received;
  }

  #receive(message: DeskMessage): void {
    const heardAt = this.#line.heard();
    const transport = this.#line.wire;
    if (this.#early !== null) {
      if (this.#early.length < earlyMax) {
        this.#early.push(message);
      }
      return;
    }
    const { feed, gap } = changed(this.#state.feed, message);
    if (gap && transport !== null) {
      this.#begin(transport).catch((error: unknown) => this.#line.failed(transport, error));
      return;
    }
    this.#set({ feed, heardAt });
  }

  #dropped(): void {
    this.#early = null;
    this.#delivery.interrupted();
  }

  #flush(): void {
    const transport = this.#line.wire;
    if (transport !== null && this.#line.isConnected) {
      this.#delivery.flush(transport, () => this.#line.wire === transport);
    }
  }

  #set(change: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...change, health: this.#line.health };
    this.#listeners.forEach((listener) => listener());
  }
}
