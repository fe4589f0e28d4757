import { HttpError, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { DeskMessage, Load, Prompt } from '../api/types';
import { SignedOut, type OpenTransport } from './transport';

/** The desk hub by SignalR. Time-outs and repeats are the connection's, not the library's: heartbeats tell sooner. */
export const openSignalR: OpenTransport = (events) => {
  const hub = new HubConnectionBuilder().withUrl('/hubs/desk').configureLogging(LogLevel.None).build();
  let live = true;
  hub.on('Changed', (message: DeskMessage) => { if (live) events.changed(message); });
  hub.on('Load', (load: Load) => { if (live) events.load(load); });
  hub.onclose(() => { if (live) events.closed(); });
  return {
    start: () => hub.start().catch((error: unknown) => {
      throw error instanceof HttpError && error.statusCode === 401 ? new SignedOut() : error;
    }),
    join: (desk, lastSeq) => hub.invoke<DeskMessage>('Join', desk, lastSeq),
    act: (desk, promptId, action) => hub.invoke<Prompt>('Act', desk, promptId, action),
    abandon: () => {
      live = false;
      void hub.stop();
    },
  };
};
