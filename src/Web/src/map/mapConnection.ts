import { backoffMs } from '../connection/backoff';
import type { LifelineSettings } from '../connection/lifeline';
import { LiveConnection, type LiveState } from '../connection/liveConnection';
import { isRefusal, refusalCode } from '../connection/outbox';
import { answerMsMax, within } from '../connection/timing';
import { merged, received, type MapDelta, type MapEnded, type MapSnapshot } from './messages';
import type { MapTransport, OpenMapTransport } from './mapTransport';
import type { MapView } from './view';

const tooOften = 'request.rate';
const saidSeconds = /again in (\d+) s/;

export interface MapState extends LiveState {
  /** What is watched; `view` may still be of the node before it only while it is null. */
  readonly node: string;
  readonly view: MapView | null;
  /** Why this node may not be watched (any more): a code, and since when. */
  readonly closed: { readonly code: string; readonly at: number } | null;
}

export interface MapSettings extends LifelineSettings {
  readonly open: OpenMapTransport;
}

/** One node of the map, kept up to date through every break of the line. A delta is news, not a history: none is asked for again. */
export class MapConnection extends LiveConnection<MapState, MapTransport> {
  readonly #settings: MapSettings;
  #started = false;
  /** In a row, for asking too often. */
  #refusals = 0;

  constructor(node: string, settings: MapSettings) {
    super({ node, view: null, health: { kind: 'connecting' }, heardAt: null, closed: null }, settings);
    this.#settings = settings;
  }

  /** Watches another node over the same line. */
  watch(node: string): void {
    if (node === this.state().node) {
      return;
    }
    this.set({ node, view: null, closed: null });
    const transport = this.line.wire;
    if (transport !== null && this.#started) {
      this.#ask(transport).catch((error: unknown) => this.line.failed(transport, error));
    }
  }

  protected override wants(): boolean {
    return true;
  }

  protected override listens(): boolean {
    // Of a node that is refused, or refused for now, nothing is said: the line is well, but what it shows grows old.
    return this.state().closed === null && this.#refusals === 0;
  }

  protected override begin(transport: MapTransport): Promise<void> {
    this.#started = true;
    return this.#ask(transport);
  }

  protected override dropped(): void {
    this.#started = false;
    this.#refusals = 0;
  }

  protected override open(): MapTransport {
    const transport: MapTransport = this.#settings.open({
      delta: (message) => { if (this.line.wire === transport) this.#take(message); },
      ended: (message) => { if (this.line.wire === transport) this.#end(message); },
      closed: () => { if (this.line.wire === transport) this.line.drop(); },
    });
    return transport;
  }

  async #ask(transport: MapTransport): Promise<void> {
    const { node } = this.state();
    const current = () => this.line.wire === transport && this.state().node === node;
    try {
      const snapshot: MapSnapshot = await within(this.#settings.timing, answerMsMax, transport.watch(node));
      if (current()) {
        this.#refusals = 0;
        this.line.connected();
        const heardAt = this.line.heard();
        this.set({ view: received(snapshot, heardAt), heardAt, closed: null });
      }
    } catch (error) {
      const code = refusalCode(error);
      if (!isRefusal(code) && code !== tooOften) {
        throw error;
      }
      if (!current()) {
        return;
      }
      // The line is well; only this node is refused, or refused for now. Another may be watched over it.
      if (code === tooOften) {
        const said = saidSeconds.exec(error instanceof Error ? error.message : '')?.[1];
        this.#settings.timing.after(backoffMs(++this.#refusals, said === undefined ? null : Number(said) * 1_000), () => { if (current()) this.#ask(transport).catch((later: unknown) => this.line.failed(transport, later)); });
      } else {
        this.#refusals = 0;
        this.#end({ node, code });
      }
    }
  }

  #take(message: MapDelta): void {
    const heardAt = this.line.heard();
    const { view, node } = this.state();
    // One of the node before, or one that overtook the snapshot, says nothing that the snapshot does not.
    this.set(view === null || message.node !== node ? { heardAt } : { view: merged(view, message, heardAt), heardAt });
  }

  #end({ node, code }: MapEnded): void {
    const at = this.line.heard();
    if (node === this.state().node) {
      this.set({ view: null, heardAt: at, closed: { code, at } });
    }
  }
}
