import { openHub } from '../connection/hub';
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

/** The map hub by SignalR. */
export const openMapHub: OpenMapTransport = (events) => {
  const wire = openHub('/hubs/map', {
    Delta: (message: MapDelta) => events.delta(message),
    Ended: (message: MapEnded) => events.ended(message),
  }, events.closed);
  return { ...wire, watch: (node) => wire.invoke<MapSnapshot>('Watch', node) };
};
