import type { ActionRequest } from '../api/types';
import type { DeskSettings, DeskState } from './deskConnection';
import { learned } from './feed';
import { interrupted, isRefusal, phased, put, refusalCode, removed, type Outgoing } from './outbox';
import { answerMsMax, within } from './timing';
import type { Transport } from './transport';

/** Brings what this person did to the engine: in order, each until it is answered, under one id however often it is sent. */
export class Delivery {
  readonly #settings: DeskSettings;
  readonly #state: () => DeskState;
  readonly #set: (change: Partial<DeskState>) => void;

  constructor(settings: DeskSettings, state: () => DeskState, set: (change: Partial<DeskState>) => void) {
    this.#settings = settings;
    this.#state = state;
    this.#set = set;
  }

  add(promptId: string, request: ActionRequest): void {
    const entry: Outgoing = { ...request, promptId, phase: 'waiting', madeAt: this.#settings.timing.now() };
    const held = this.#state().outbox;
    const outbox = put(held, entry);
    this.#set(outbox === held ? { refusal: { code: 'screen.outbox.full', entry, at: entry.madeAt } } : { outbox });
  }

  again(actionId: string): void {
    this.#set({ outbox: phased(this.#state().outbox, actionId, 'waiting') });
  }

  recall(actionId: string): boolean {
    const { outbox } = this.#state();
    const waits = outbox.some((entry) => entry.actionId === actionId && entry.phase === 'waiting');
    if (waits) {
      this.#set({ outbox: removed(outbox, actionId) });
    }
    return waits;
  }

  interrupted(): void {
    this.#set({ outbox: interrupted(this.#state().outbox) });
  }

  /** Sends what waits. `current` says whether the transport is still the one in use. */
  flush(transport: Transport, current: () => boolean): void {
    for (const entry of this.#state().outbox) {
      if (entry.phase === 'waiting') {
        this.#set({ outbox: phased(this.#state().outbox, entry.actionId, 'sending') });
        void this.#send(transport, entry, current);
      }
    }
  }

  async #send(transport: Transport, entry: Outgoing, current: () => boolean): Promise<void> {
    const { promptId, phase: _, madeAt: __, ...request } = entry;
    try {
      const prompt = await within(this.#settings.timing, answerMsMax, transport.act(this.#settings.desk, promptId, request));
      this.#set({ feed: learned(this.#state().feed, prompt), outbox: removed(this.#state().outbox, entry.actionId) });
    } catch (error) {
      if (current()) {
        this.#unsent(entry, refusalCode(error));
      }
    }
  }

  #unsent(entry: Outgoing, code: string | null): void {
    const { outbox } = this.#state();
    if (entry.action === 'seen') {
      this.#set({ outbox: removed(outbox, entry.actionId) });
    } else if (isRefusal(code)) {
      this.#set({ outbox: removed(outbox, entry.actionId), refusal: { code, entry, at: this.#settings.timing.now() } });
    } else {
      this.#set({ outbox: phased(outbox, entry.actionId, 'failed') });
    }
  }
}
