import { useEffect, useState, useSyncExternalStore } from 'react';
import { browserTiming } from '../connection/timing';
import { signedOut } from '../session/signedOut';
import { useLine } from '../connection/useLine';
import { MapConnection, type MapState } from './mapConnection';
import { openMapHub } from './mapTransport';

/** One live connection for as long as the map is open, on the node that is looked at. */
export function useMapConnection(node: string): MapState {
  const [connection] = useState(() => new MapConnection(node, { onSignedOut: signedOut, open: openMapHub, timing: browserTiming, online: navigator.onLine }));

  useLine(connection);
  useEffect(() => connection.watch(node), [connection, node]);

  return useSyncExternalStore(connection.subscribe, connection.state);
}
