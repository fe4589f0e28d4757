import type { ActionRequest, DeskMessage, Load, Prompt } from '../api/types';

export interface TransportEvents {
  changed(message: DeskMessage): void;
  load(load: Load): void;
  closed(): void;
}

/** One connection to the desk hub, used once: after it closes a new one is made. */
export interface Transport {
  start(): Promise<void>;
  join(desk: string, lastSeq: number): Promise<DeskMessage>;
  act(desk: string, promptId: string, action: ActionRequest): Promise<Prompt>;
  /** Never waits: a socket whose other end is gone may take minutes to close. */
  abandon(): void;
}

export type OpenTransport = (events: TransportEvents) => Transport;

/** The session has ended; only a new sign-in helps. */
export class SignedOut extends Error {}
