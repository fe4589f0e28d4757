import { hubAt, startHub } from '../connection/hub';
import type { MapDelta, MapEnded, MapSnapshot } from './messages';

export interface MapTransportEvents {
  delta(message: MapDelta): void;
  ended(message: MapEnded): void;
  closed(): void;
}

/** One connection to the map hub, used once: after it closes a new one is made. */
export interface MapTransport {
  start(): Promise<void>;
  watch(node: string): Promise<MapSnapshot>;
  /** Never waits: a socket whose other end is gone may take minutes to close. */
  abandon(): void;
}

export type OpenMapTransport = (events: MapTransportEvents) => MapTransport;

const path = '/hubs/map';

/** The map hub by SignalR. */
export const openMapHub: OpenMapTransport = (events) => {
  const hub = hubAt(path);
  let live = true;
  hub.on('Delta', (message: MapDelta) => { if (live) events.delta(message); });
  hub.on('Ended', (message: MapEnded) => { if (live) events.ended(message); });
  hub.onclose(() => { if (live) events.closed(); });
  return {
    start: () => startHub(hub, path),
    watch: (node) => hub.invoke<MapSnapshot>('Watch', node),
    abandon: () => {
      live = false;
      void hub.stop();
    },
  };
};
