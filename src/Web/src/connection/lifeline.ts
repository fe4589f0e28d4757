import { deadAfterMs, healthOf, reconnectDelayMs, type Health, type Link } from './health';
import { answerMsMax, within, type Timing } from './timing';
import { SignedOut } from './transport';

const tickMs = 250;

/** One connection, used once: after it closes a new one is made. */
export interface Wire {
  start(): Promise<void>;
  /** Never waits: a socket whose other end is gone may take minutes to close. */
  abandon(): void;
}

export interface LifelineSettings {
  readonly timing: Timing;
  readonly online: boolean;
  readonly onSignedOut: () => void;
}

/** What is carried over a line: a desk, or a node of the map. */
export interface Carried<W extends Wire> {
  /** May a connection be made? */
  readonly wants: () => boolean;
  /** Does the engine say something at least every second, so that silence means a dead line? */
  readonly listens: () => boolean;
  readonly open: () => W;
  /** The wire is up: asks for what is carried, and calls `connected` when it is there. */
  readonly begin: (wire: W) => Promise<void>;
  readonly dropped: () => void;
  readonly health: (health: Health) => void;
}

/** A connection to the engine that comes back by itself: when the socket closes, and when heartbeats stop though it does not. */
export class Lifeline<W extends Wire> {
  readonly #settings: LifelineSettings;
  readonly #carried: Carried<W>;
  #link: Link;
  #wire: W | null = null;
  #attemptAt = 0;
  #failures = 0;
  #nextAttemptAt = 0;
  #stopTicking: (() => void) | null = null;

  constructor(settings: LifelineSettings, carried: Carried<W>) {
    this.#settings = settings;
    this.#carried = carried;
    this.#link = { online: settings.online, connected: false, since: settings.timing.now(), heardAt: null };
  }

  /** The one in use; null while there is none. */
  get wire(): W | null {
    return this.#wire;
  }

  get health(): Health {
    return healthOf(this.#link, this.#settings.timing.now());
  }

  /** When anything was last heard from the engine; null before the first time. */
  get heardAt(): number | null {
    return this.#link.heardAt;
  }

  get isConnected(): boolean {
    return this.#link.connected;
  }

  start(): void {
    this.#stopTicking ??= this.#settings.timing.every(tickMs, () => this.#tick());
    this.#tick();
  }

  stop(): void {
    this.#stopTicking?.();
    this.#stopTicking = null;
    this.#wire?.abandon();
    this.#wire = null;
  }

  /** The browser's word on its network: `false` is believed at once, `true` is a reason to try at once. */
  setOnline(online: boolean): void {
    this.#link = { ...this.#link, online };
    if (online) {
      this.#failures = 0;
      this.#nextAttemptAt = 0;
    } else {
      this.drop();
    }
    this.#tick();
  }

  /** What was asked for is there. */
  connected(): void {
    this.#failures = 0;
    this.#link = { ...this.#link, connected: true };
  }

  /** Something came from the engine. Returns when, ms of the screen's clock. */
  heard(): number {
    const heardAt = this.#settings.timing.now();
    this.#link = { ...this.#link, heardAt };
    return heardAt;
  }

  /** Something over this wire went wrong: it is given up, unless it was already. */
  failed(wire: W, error: unknown): void {
    if (this.#wire !== wire) {
      return;
    }
    this.drop();
    if (error instanceof SignedOut) {
      this.#settings.onSignedOut();
    }
  }

  drop(): void {
    const wire = this.#wire;
    if (wire === null) {
      return;
    }
    this.#wire = null;
    this.#link = { ...this.#link, connected: false };
    this.#nextAttemptAt = this.#settings.timing.now() + reconnectDelayMs(++this.#failures, this.#settings.timing.random());
    this.#carried.dropped();
    wire.abandon();
  }

  #tick(): void {
    const now = this.#settings.timing.now();
    if (this.#wire !== null && this.#carried.listens() && now - Math.max(this.#attemptAt, this.#link.heardAt ?? 0) >= deadAfterMs) {
      this.drop();
    }
    if (this.#wire === null && this.#link.online && this.#carried.wants() && now >= this.#nextAttemptAt && this.#stopTicking !== null) {
      void this.#connect();
    }
    this.#carried.health(healthOf(this.#link, now));
  }

  async #connect(): Promise<void> {
    this.#attemptAt = this.#settings.timing.now();
    const wire = this.#carried.open();
    this.#wire = wire;
    try {
      await within(this.#settings.timing, answerMsMax, wire.start());
      if (this.#wire === wire) {
        await this.#carried.begin(wire);
      }
    } catch (error) {
      this.failed(wire, error);
    }
  }
}

/** Is there anything new to show? */
export const sameHealth = (a: Health, b: Health): boolean =>
  a.kind === b.kind && (a.kind !== 'late' || b.kind !== 'late' || a.seconds === b.seconds);
