import type { DeskMessage, Load, Prompt } from '../api/types';
import { hubAt, startHub } from './hub';
import type { OpenTransport } from './transport';

const path = '/hubs/desk';

/** The desk hub by SignalR. */
export const openSignalR: OpenTransport = (events) => {
  const hub = hubAt(path);
  let live = true;
  hub.on('Changed', (message: DeskMessage) => { if (live) events.changed(message); });
  hub.on('Load', (load: Load) => { if (live) events.load(load); });
  hub.onclose(() => { if (live) events.closed(); });
  return {
    start: () => startHub(hub, path),
    join: (desk, lastSeq) => hub.invoke<DeskMessage>('Join', desk, lastSeq),
    act: (desk, promptId, action) => hub.invoke<Prompt>('Act', desk, promptId, action),
    abandon: () => {
      live = false;
      void hub.stop();
    },
  };
};
