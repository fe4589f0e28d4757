import { deadAfterMs, healthOf, reconnectDelayMs, type Health, type Link } from '../connection/health';
import { isRefusal, refusalCode } from '../connection/outbox';
import { answerMsMax, within, type Timing } from '../connection/timing';
import { SignedOut } from '../connection/transport';
import { merged, received, type MapDelta, type MapEnded, type MapSnapshot } from './messages';
import type { MapTransport, OpenMapTransport } from './mapTransport';
import type { MapView } from './view';

const tickMs = 250;

export interface MapState {
  /** What is watched; `view` may still be of the node before it only while it is null. */
  readonly node: string;
  readonly view: MapView | null;
  readonly health: Health;
  /** When the engine was last heard, ms of the screen's clock. */
  readonly heardAt: number | null;
  /** Why this node may not be watched (any more): a code, and since when. */
  readonly closed: { readonly code: string; readonly at: number } | null;
}

export interface MapSettings {
  readonly open: OpenMapTransport;
  readonly timing: Timing;
  readonly online: boolean;
  readonly onSignedOut: () => void;
}

/** One node of the map, kept up to date through every break of the line. A delta is news, not a history: none is asked for again. */
export class MapConnection {
  #state: MapState;
  readonly #settings: MapSettings;
  readonly #listeners = new Set<() => void>();
  #link: Link;
  #transport: MapTransport | null = null;
  #started = false;
  #attemptAt = 0;
  #failures = 0;
  #nextAttemptAt = 0;
  #stopTicking: (() => void) | null = null;

  constructor(node: string, settings: MapSettings) {
    this.#settings = settings;
    this.#link = { online: settings.online, connected: false, since: settings.timing.now(), heardAt: null };
    this.#state = { node, view: null, health: { kind: 'connecting' }, heardAt: null, closed: null };
  }

  readonly state = (): MapState => this.#state;

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

  /** Watches another node over the same line. */
  watch(node: string): void {
    if (node === this.#state.node) {
      return;
    }
    this.#set({ node, view: null, closed: null });
    const transport = this.#transport;
    if (transport !== null && this.#started) {
      this.#ask(transport).catch((error: unknown) => this.#failed(transport, node, error));
    }
  }

  #tick(): void {
    const now = this.#settings.timing.now();
    if (this.#transport !== null && now - Math.max(this.#attemptAt, this.#link.heardAt ?? 0) >= deadAfterMs && this.#state.closed === null) {
      this.#drop();
    }
    if (this.#transport === null && this.#link.online && now >= this.#nextAttemptAt && this.#stopTicking !== null) {
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
    this.#started = false;
    const transport = this.#settings.open({
      delta: (message) => { if (this.#transport === transport) this.#take(message); },
      ended: (message) => { if (this.#transport === transport) this.#end(message); },
      closed: () => { if (this.#transport === transport) this.#drop(); },
    });
    this.#transport = transport;
    let { node } = this.#state;
    try {
      await within(this.#settings.timing, answerMsMax, transport.start());
      if (this.#transport === transport) {
        this.#started = true;
        node = this.#state.node;
        await this.#ask(transport);
      }
    } catch (error) {
      this.#failed(transport, node, error);
    }
  }

  async #ask(transport: MapTransport): Promise<void> {
    const { node } = this.#state;
    const snapshot: MapSnapshot = await within(this.#settings.timing, answerMsMax, transport.watch(node));
    if (this.#transport === transport && this.#state.node === node) {
      this.#failures = 0;
      this.#link = { ...this.#link, connected: true };
      const heardAt = this.#heard();
      this.#set({ view: received(snapshot, heardAt), heardAt, closed: null });
    }
  }

  #take(message: MapDelta): void {
    const heardAt = this.#heard();
    const { view, node } = this.#state;
    // One of the node before, or one that overtook the snapshot, says nothing that the snapshot does not.
    this.#set(view === null || message.node !== node ? { heardAt } : { view: merged(view, message, heardAt), heardAt });
  }

  #end({ node, code }: MapEnded): void {
    const at = this.#heard();
    if (node === this.#state.node) {
      this.#set({ view: null, heardAt: at, closed: { code, at } });
    }
  }

  #failed(transport: MapTransport, node: string, error: unknown): void {
    if (this.#transport !== transport) {
      return;
    }
    const code = refusalCode(error);
    if (isRefusal(code)) {
      // The line is well; only this node is refused. Another may be watched over it.
      this.#end({ node, code });
      return;
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
    this.#started = false;
    this.#link = { ...this.#link, connected: false };
    this.#nextAttemptAt = this.#settings.timing.now() + reconnectDelayMs(++this.#failures, this.#settings.timing.random());
    transport.abandon();
  }

  #heard(): number {
    const heardAt = this.#settings.timing.now();
    this.#link = { ...this.#link, heardAt };
    return heardAt;
  }

  #set(change: Partial<MapState>): void {
    this.#state = { ...this.#state, ...change };
    this.#state = { ...this.#state, health: healthOf(this.#link, this.#settings.timing.now()) };
    this.#listeners.forEach((listener) => listener());
  }
}
