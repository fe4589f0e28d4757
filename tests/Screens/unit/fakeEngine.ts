import type { ActionRequest, DeskMessage, Prompt } from '../../../src/Web/src/api/types';
import type { Timing } from '../../../src/Web/src/connection/timing';
import type { OpenTransport, TransportEvents } from '../../../src/Web/src/connection/transport';
import { prompt } from './prompts';

/** A clock that stands still until the test moves it. */
export class ManualTiming implements Timing {
  #now = 1_000_000;
  #frames: (() => void)[] | null = null;
  #timers: { at: number; every: number; run: () => void }[] = [];

  now = (): number => this.#now;
  random = (): number => 0;
  every = (ms: number, run: () => void): (() => void) => this.#add({ at: this.#now + ms, every: ms, run });
  after = (ms: number, run: () => void): (() => void) => this.#add({ at: this.#now + ms, every: 0, run });

  /** At once, unless the test draws the frames itself. */
  frame = (run: () => void): (() => void) => {
    if (this.#frames === null) {
      run();
    } else {
      this.#frames.push(run);
    }
    return () => undefined;
  };

  /** From now on a frame is drawn when the test says so. */
  holdFrames(): void {
    this.#frames = [];
  }

  draw(): void {
    this.#frames?.splice(0).forEach((run) => run());
  }

  /** Runs what falls due on the way, and lets promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) {
        break;
      }
      this.#now = due.at;
      this.#timers = due.every > 0 ? this.#timers : this.#timers.filter((timer) => timer !== due);
      due.at += due.every;
      due.run();
      await settle();
    }
    this.#now = end;
    await settle();
  }

  #add(timer: { at: number; every: number; run: () => void }): () => void {
    this.#timers.push(timer);
    return () => { this.#timers = this.#timers.filter((other) => other !== timer); };
  }
}

export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One desk of an engine, and the line to it, which a test can cut. */
export class FakeEngine {
  readonly changes: Prompt[] = [];
  readonly joins: number[] = [];
  readonly acts: (ActionRequest & { promptId: string })[] = [];
  connections = 0;
  reachable = true;
  /** Answers to actions get lost, though the actions arrive. */
  losesAnswers = false;
  /** What Act answers instead, once. */
  refuses: string | null = null;
  #events: TransportEvents | null = null;
  #pushed = 0;

  get seq(): number {
    return this.changes.length;
  }

  raise(id: string, more: Partial<Prompt> = {}): Prompt {
    const raised = prompt(id, this.seq + 1, more);
    this.changes.push(raised);
    return raised;
  }

  push(message: DeskMessage = { from: this.#pushed, seq: this.seq, prompts: this.changes.slice(this.#pushed) }): void {
    this.#pushed = message.seq;
    this.#events?.changed(message);
  }

  cut(): void {
    const events = this.#events;
    this.#events = null;
    events?.closed();
  }

  readonly open: OpenTransport = (events) => {
    this.connections++;
    return {
      start: () => (this.reachable ? Promise.resolve() : Promise.reject(new Error('refused'))),
      join: (_, lastSeq) => {
        this.joins.push(lastSeq);
        this.#events = events;
        this.#pushed = this.seq;
        return Promise.resolve(lastSeq === 0
          ? { from: 0, seq: this.seq, snapshot: true, prompts: [...new Map(this.changes.map((change) => [change.id, change])).values()] }
          : { from: lastSeq, seq: this.seq, prompts: this.changes.slice(lastSeq) });
      },
      act: (_, promptId, action) => this.#act(promptId, action),
      abandon: () => {
        if (this.#events === events) {
          this.#events = null;
        }
      },
    };
  };

  #act(promptId: string, action: ActionRequest): Promise<Prompt> {
    const repeated = this.acts.some(({ actionId }) => actionId === action.actionId);
    this.acts.push({ ...action, promptId });
    if (this.refuses !== null) {
      const text = this.refuses;
      this.refuses = null;
      return Promise.reject(new Error(`An unexpected error occurred invoking 'Act' on the server. HubException: ${text}`));
    }
    const answer = repeated ? this.changes.findLast(({ id }) => id === promptId) : this.raise(promptId, { state: 'accepted' });
    return this.losesAnswers || answer === undefined ? new Promise(() => undefined) : Promise.resolve(answer);
  }
}
