import { HttpError, HubConnectionBuilder, LogLevel, type HubConnection } from '@microsoft/signalr';
import type { Wire } from './lifeline';
import { answerMsMax } from './timing';
import { SignedOut } from './transport';

/** A browser has at most so many connections to one host. */
const linesMax = 6;
const deadAfterMs = 1_000;
const begun = new Set<string>();

/**
 * One connection to the hub at `path`, used once. `listeners` by the name of the message; none hears anything after the wire was
 * abandoned. Time-outs and repeats are the caller's, not the library's: heartbeats tell sooner.
 */
export function openHub(path: string, listeners: Readonly<Record<string, (message: never) => void>>, closed: () => void): Wire & Pick<HubConnection, 'invoke'> {
  const hub = new HubConnectionBuilder().withUrl(path, { timeout: answerMsMax }).configureLogging(LogLevel.None).build();
  let live = true;
  for (const [name, listener] of Object.entries(listeners)) {
    hub.on(name, (message: never) => { if (live) listener(message); });
  }
  hub.onclose(() => { if (live) closed(); });
  return {
    start: () => startHub(hub, path),
    invoke: (method, ...args) => hub.invoke(method, ...args),
    abandon: () => {
      live = false;
      void hub.stop();
    },
  };
}

/** Where the network fell silent the connections that the browser keeps are dead, and each would have to be waited for in turn. */
async function startHub(hub: HubConnection, path: string): Promise<void> {
  if (begun.has(path)) {
    await Promise.all(Array.from({ length: linesMax }, () => probe()));
  }
  begun.add(path);
  try {
    await hub.start();
  } catch (error) {
    throw error instanceof HttpError && error.statusCode === 401 ? new SignedOut() : error;
  }
}

/** One that is not answered is closed by giving it up. */
const probe = (): Promise<unknown> => fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(deadAfterMs) }).catch(() => undefined);
