import { useState, useSyncExternalStore } from 'react';
import { DeskConnection, type DeskState } from '../connection/deskConnection';
import { openSignalR } from '../connection/signalr';
import { browserTiming } from '../connection/timing';
import { useLine } from '../connection/useLine';
import { signedOut } from '../session/signedOut';

/** One live connection for as long as the desk is open. */
export function useDesk(desk: string): [DeskState, DeskConnection] {
  const [connection] = useState(() => new DeskConnection({
    desk, onSignedOut: signedOut, open: openSignalR, timing: browserTiming, online: navigator.onLine,
  }));

  useLine(connection);

  return [useSyncExternalStore(connection.subscribe, connection.state), connection];
}
