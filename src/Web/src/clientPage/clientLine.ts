import { openHub } from '../connection/hub';
import type { LifelineSettings, Wire } from '../connection/lifeline';
import { LiveConnection, type LiveState } from '../connection/liveConnection';
import { isRefusal, refusalCode } from '../connection/outbox';
import { answerMsMax, within } from '../connection/timing';

export interface ClientWireEvents {
  live(): void;
  ended(): void;
  closed(): void;
}

export interface ClientWire extends Wire {
  watch(client: string): Promise<void>;
}

export type OpenClientWire = (events: ClientWireEvents) => ClientWire;

/** Heard: he may still be seen. */
export interface ClientLineState extends LiveState {
  /** When the right to him ended; null: it lasts, as far as is known. */
  readonly endedAt: number | null;
}

/** The hub of open clients' pages by SignalR. */
export const openClientHub: OpenClientWire = (events) => {
  const wire = openHub('/hubs/client', { Live: events.live, Ended: events.ended }, events.closed);
  return { ...wire, watch: (client) => wire.invoke('Watch', client) };
};

/** Whether a client who is on the screen may still be there: the engine says so twice a second, and when it ends. */
export class ClientLine extends LiveConnection<ClientLineState, ClientWire> {
  readonly #client: string;
  readonly #settings: LifelineSettings & { readonly open: OpenClientWire };
  #shown = false;

  constructor(client: string, settings: LifelineSettings & { readonly open: OpenClientWire }) {
    super({ health: { kind: 'connecting' }, heardAt: null, endedAt: null }, settings);
    this.#client = client;
    this.#settings = settings;
  }

  /** He was read and is on the screen: from now on it matters. */
  shown(): void {
    this.#shown = true;
  }

  /** Asks anew after the right had ended: it may have come back. */
  again(): void {
    if (this.state().endedAt !== null) {
      this.#shown = false;
      this.set({ endedAt: null });
    }
  }

  protected override wants(): boolean {
    return this.#shown && this.state().endedAt === null;
  }

  protected override open(): ClientWire {
    const wire: ClientWire = this.#settings.open({
      live: () => { if (this.line.wire === wire) this.set({ heardAt: this.line.heard() }); },
      ended: () => { if (this.line.wire === wire) this.#end(); },
      closed: () => { if (this.line.wire === wire) this.line.drop(); },
    });
    return wire;
  }

  protected override async begin(wire: ClientWire): Promise<void> {
    try {
      await within(this.#settings.timing, answerMsMax, wire.watch(this.#client));
      if (this.line.wire === wire) {
        this.line.connected();
        this.set({ heardAt: this.line.heard() });
      }
    } catch (error) {
      const code = refusalCode(error);
      if (!isRefusal(code)) {
        throw error;
      }
      if (this.line.wire === wire) {
        this.#end();
      }
    }
  }

  #end(): void {
    this.set({ endedAt: this.line.heard() });
    this.line.drop();
  }
}
