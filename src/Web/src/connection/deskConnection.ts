import type { ActionRequest, DeskMessage, Load } from '../api/types';
import { Delivery } from './delivery';
import { changed, emptyFeed, joined, withoutEnded, type Feed, type Received } from './feed';
import { Gathering } from './gathering';
import type { LifelineSettings } from './lifeline';
import { LiveConnection, type LiveState } from './liveConnection';
import { isRefusal, refusalCode, type Outbox, type Outgoing } from './outbox';
import { answerMsMax, within } from './timing';
import type { OpenTransport, Transport } from './transport';

/** A push may overtake the answer to Join; more than so many and the desk is joined again instead. */
const earlyMax = 256;

/** Heard: as of when the list is true. */
export interface DeskState extends LiveState {
  readonly feed: Feed;
  readonly outbox: Outbox;
  readonly load: Load | null;
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
export class DeskConnection extends LiveConnection<DeskState, Transport> {
  readonly #settings: DeskSettings;
  readonly #delivery: Delivery;
  #early: DeskMessage[] | null = null;
  /** What came since the last frame. */
  readonly #gathered = new Gathering();

  constructor(settings: DeskSettings) {
    super({ feed: emptyFeed, outbox: [], load: null, health: { kind: 'connecting' }, heardAt: null, refusal: null, closed: null }, settings);
    this.#settings = settings;
    this.#delivery = new Delivery(settings, this.state, (change) => this.set(change));
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
    this.#applyGathered();
    const feed = withoutEnded(this.state().feed, this.#settings.desk);
    if (feed !== this.state().feed) {
      this.set({ feed });
    }
  }

  protected override wants(): boolean {
    return this.state().closed === null;
  }

  protected override open(): Transport {
    const transport: Transport = this.#settings.open({
      changed: (message) => { if (this.line.wire === transport) this.#receive(message); },
      load: (load) => { if (this.line.wire === transport) this.set({ load, heardAt: this.line.heard() }); },
      closed: () => { if (this.line.wire === transport) this.line.drop(); },
    });
    return transport;
  }

  protected override async begin(transport: Transport): Promise<void> {
    try {
      await this.#join(transport);
    } catch (error) {
      const code = refusalCode(error);
      if (isRefusal(code) && this.line.wire === transport) {
        this.set({ closed: code });
      }
      throw error;
    }
  }

  async #join(transport: Transport): Promise<void> {
    this.#applyGathered();
    this.#early = [];
    const { feed } = this.state();
    let answer = this.#take(joined(feed, await this.#askJoin(transport, feed.seq)), transport);
    if (answer.gap) {
      // The desk no longer knows the past that this screen asks from: begin anew.
      answer = this.#take(joined({ ...emptyFeed, prompts: feed.prompts }, await this.#askJoin(transport, 0)), transport);
    }
    if (this.line.wire !== transport) {
      return;
    }
    const early = this.#early ?? [];
    this.#early = null;
    this.line.connected();
    this.set({ feed: answer.feed, heardAt: this.line.heard() });
    // What overtook the answer is in it already, or follows on it.
    early.filter((message) => message.seq > answer.feed.seq).forEach((message) => this.#receive(message));
    this.#flush();
  }

  #askJoin(transport: Transport, lastSeq: number): Promise<DeskMessage> {
    return within(this.#settings.timing, answerMsMax, transport.join(this.#settings.desk, lastSeq));
  }

  #take(received: Received, transport: Transport): Received {
    if (this.line.wire === transport) {
      this.line.heard();
    }
    return received;
  }

  #receive(message: DeskMessage): void {
    this.line.heard();
    const transport = this.line.wire;
    if (this.#early !== null) {
      if (this.#early.length < earlyMax) {
        this.#early.push(message);
      }
      return;
    }
    if (message.from !== (this.#gathered.seq ?? this.state().feed.seq)) {
      // Something is missing: never gathered over the hole. Without a line, the next one begins with what is held.
      if (transport !== null) {
        this.begin(transport).catch((error: unknown) => this.line.failed(transport, error));
      }
      return;
    }
    // However many come, the list is worked out once a frame.
    if (this.#gathered.add(message)) {
      this.#settings.timing.frame(() => this.#applyGathered());
    }
  }

  #applyGathered(): void {
    const message = this.#gathered.take();
    if (message !== null) {
      this.set({ feed: changed(this.state().feed, message).feed, heardAt: this.line.heardAt });
    }
  }

  protected override dropped(): void {
    this.#applyGathered();
    this.#early = null;
    this.#delivery.interrupted();
  }

  #flush(): void {
    const transport = this.line.wire;
    if (transport !== null && this.line.isConnected) {
      this.#delivery.flush(transport, () => this.line.wire === transport);
    }
  }
}
