import type { DeskMessage, Load, Prompt } from '../api/types';
import { openHub } from './hub';
import type { OpenTransport } from './transport';

/** The desk hub by SignalR. */
export const openSignalR: OpenTransport = (events) => {
  const wire = openHub('/hubs/desk', {
    Changed: (message: DeskMessage) => events.changed(message),
    Load: (load: Load) => events.load(load),
  }, events.closed);
  return {
    ...wire,
    join: (desk, lastSeq) => wire.invoke<DeskMessage>('Join', desk, lastSeq),
    act: (desk, promptId, action) => wire.invoke<Prompt>('Act', desk, promptId, action),
  };
};
