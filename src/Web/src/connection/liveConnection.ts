import type { Health } from './health';
import { Lifeline, sameHealth, type LifelineSettings, type Wire } from './lifeline';
import type { Line } from './useLine';

export interface LiveState {
  readonly health: Health;
  /** When the engine last said something of it, ms of the screen's clock. */
  readonly heardAt: number | null;
}

/** Something of the engine's that a screen shows as it changes: its state, kept over one line, and who is told when that changes. */
export abstract class LiveConnection<S extends LiveState, W extends Wire> implements Line {
  protected readonly line: Lifeline<W>;
  readonly #listeners = new Set<() => void>();
  #state: S;

  constructor(first: S, settings: LifelineSettings) {
    this.#state = first;
    this.line = new Lifeline(settings, {
      wants: () => this.wants(),
      listens: () => this.listens(),
      open: () => this.open(),
      begin: (wire) => this.begin(wire),
      dropped: () => this.dropped(),
      health: (health) => { if (!sameHealth(health, this.#state.health)) this.set({}); },
    });
  }

  readonly state = (): S => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.line.start();
  }

  stop(): void {
    this.line.stop();
  }

  setOnline(online: boolean): void {
    this.line.setOnline(online);
  }

  protected abstract wants(): boolean;
  protected abstract open(): W;
  protected abstract begin(wire: W): Promise<void>;

  protected listens(): boolean {
    return true;
  }

  protected dropped(): void {
    // Most have nothing that belongs to one wire.
  }

  protected set(change: Partial<S>): void {
    this.#state = { ...this.#state, ...change, health: this.line.health };
    this.#listeners.forEach((listener) => listener());
  }
}
