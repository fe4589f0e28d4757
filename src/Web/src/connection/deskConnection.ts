import type { ActionRequest, DeskMessage, Load } from '../api/types';
import { Delivery } from './delivery';
import { changed, emptyFeed, joined, withoutEnded, type Feed, type Received } from './feed';
import { deadAfterMs, healthOf, reconnectDelayMs, type Health, type Link } from './health';
import { isRefusal, refusalCode, type Outbox, type Outgoing } from './outbox';
import { answerMsMax, within, type Timing } from './timing';
import { SignedOut, type OpenTransport, type Transport } from './transport';

const tickMs = 250;

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

export interface DeskSettings {
  readonly desk: string;
  readonly open: OpenTransport;
  readonly timing: Timing;
  readonly online: boolean;
  readonly onSignedOut: () => void;
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
  #link: Link;
  #transport: Transport | null = null;
  #early: DeskMessage[] | null = null;
  #attemptAt = 0;
  #failures = 0;
  #nextAttemptAt = 0;
  #stopTicking: (() => void) | null = null;

  constructor(settings: DeskSettings) {
    this.#settings = settings;
    this.#link = { online: settings.online, connected: false, since: settings.timing.now(), heardAt: null };
    this.#delivery = new Delivery(settings, this.state, (change) => this.#set(change));
  }

  readonly state = (): DeskState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.#stopTicking ??= this.#settings.timing.every(tickMs, () => this.#tick());
    this.#tick();
  }

  stop(): void {
    this.#stopTicking?.();
    this.#stopTicking = null;
    this.#transport?.abandon();
    this.#transport = null;
  }

  /** The browser's word on its network: `false` is believed at once, `true` is a reason to try at once. */
  setOnline(online: boolean): void {
    this.#link = { ...this.#link, online };
    if (online) {
      this.#failures = 0;
      this.#nextAttemptAt = 0;
    } else {
      this.#drop();
    }
    this.#tick();
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

  #tick(): void {
    const now = this.#settings.timing.now();
    if (this.#transport !== null && now - Math.max(this.#attemptAt, this.#link.heardAt ?? 0) >= deadAfterMs) {
      this.#drop();
    }
    if (this.#transport === null && this.#link.online && this.#state.closed === null && now >= this.#nextAttemptAt && this.#stopTicking !== null) {
      void this.#connect();
    }
    const health = healthOf(this.#link, now);
    const shown = this.#state.health;
    if (health.kind !== shown.kind || (health.kind === 'late' && shown.kind === 'late' && health.seconds !== shown.seconds)) {
      this.#set({ health });
    }
  }

  async #connect(): Promise<void> {
    this.#attemptAt = this.#settings.timing.now();
    const transport = this.#settings.open({
      changed: (message) => { if (this.#transport === transport) this.#receive(message); },
      load: (load) => { if (this.#transport === transport) this.#set({ load, heardAt: this.#heard() }); },
      closed: () => { if (this.#transport === transport) this.#drop(); },
    });
    this.#transport = transport;
    try {
      await within(this.#settings.timing, answerMsMax, transport.start());
      if (this.#transport === transport) {
        await this.#join(transport);
      }
    } catch (error) {
      this.#failed(transport, error);
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
    if (this.#transport !== transport) {
      return;
    }
    const early = this.#early;
    this.#early = null;
    this.#failures = 0;
    this.#link = { ...this.#link, connected: true };
    this.#set({ feed: answer.feed, heardAt: this.#heard() });
    // What overtook the answer is in it already, or follows on it.
    early.filter((message) => message.seq > answer.feed.seq).forEach((message) => this.#receive(message));
    this.#flush();
  }

  #askJoin(transport: Transport, lastSeq: number): Promise<DeskMessage> {
    return within(this.#settings.timing, answerMsMax, transport.join(this.#settings.desk, lastSeq));
  }

  #take(received: Received, transport: Transport): Received {
    if (this.#transport === transport) {
      this.#heard();
    }
    return received;
  }

  #receive(message: DeskMessage): void {
    const heardAt = this.#heard();
    const transport = this.#transport;
    if (this.#early !== null) {
      if (this.#early.length < earlyMax) {
        this.#early.push(message);
      }
      return;
    }
    const { feed, gap } = changed(this.#state.feed, message);
    if (gap && transport !== null) {
      this.#join(transport).catch((error: unknown) => this.#failed(transport, error));
      return;
    }
    this.#set({ feed, heardAt });
  }

  #failed(transport: Transport, error: unknown): void {
    if (this.#transport !== transport) {
      return;
    }
    const code = refusalCode(error);
    if (isRefusal(code)) {
      this.#set({ closed: code });
    }
    this.#drop();
    if (error instanceof SignedOut) {
      this.#settings.onSignedOut();
    }
  }

  #drop(): void {
    if (this.#transport === null) {
      return;
    }
    const transport = this.#transport;
    this.#transport = null;
    this.#early = null;
    this.#link = { ...this.#link, connected: false };
    this.#nextAttemptAt = this.#settings.timing.now() + reconnectDelayMs(++this.#failures, this.#settings.timing.random());
    this.#delivery.interrupted();
    transport.abandon();
  }

  #flush(): void {
    const transport = this.#transport;
    if (transport !== null && this.#link.connected) {
      this.#delivery.flush(transport, () => this.#transport === transport);
    }
  }

  #heard(): number {
    const heardAt = this.#settings.timing.now();
    this.#link = { ...this.#link, heardAt };
    return heardAt;
  }

  #set(change: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...change };
    this.#state = { ...this.#state, health: healthOf(this.#link, this.#settings.timing.now()) };
    this.#listeners.forEach((listener) => listener());
  }
}
