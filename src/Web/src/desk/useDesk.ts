import { useEffect, useState, useSyncExternalStore } from 'react';
import { DeskConnection, type DeskState } from '../connection/deskConnection';
import { openSignalR } from '../connection/signalr';
import { browserTiming } from '../connection/timing';

/** One live connection for as long as the desk is open. */
export function useDesk(desk: string, onSignedOut: () => void): [DeskState, DeskConnection] {
  const [connection] = useState(() => new DeskConnection({
    desk, onSignedOut, open: openSignalR, timing: browserTiming, online: navigator.onLine,
  }));

  useEffect(() => {
    const online = () => connection.setOnline(true);
    const offline = () => connection.setOnline(false);
    addEventListener('online', online);
    addEventListener('offline', offline);
    connection.start();
    return () => {
      removeEventListener('online', online);
      removeEventListener('offline', offline);
      connection.stop();
    };
  }, [connection]);

  return [useSyncExternalStore(connection.subscribe, connection.state), connection];
}
