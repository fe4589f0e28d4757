import { useEffect, useState, useSyncExternalStore } from 'react';
import { usePolled, type Polled } from '../api/usePolled';
import type { Client } from '../api/types';
import { browserTiming } from '../connection/timing';
import { useLine } from '../connection/useLine';
import { signedOut } from '../session/signedOut';
import { ClientLine, openClientHub, type ClientLineState } from './clientLine';

/** What changed is seen within about this long. Not oftener: each reading is an entry of the audit trail. */
const readEveryMs = 5_000;

/** One client for as long as he may be seen: a right that ends takes him away at once. */
export function useClient(id: string): readonly [Polled<Client>, ClientLineState, again: () => void] {
  const [line] = useState(() => new ClientLine(id, { open: openClientHub, timing: browserTiming, online: navigator.onLine, onSignedOut: signedOut }));
  useLine(line);
  const state = useSyncExternalStore(line.subscribe, line.state);
  const [client, again] = usePolled<Client>(state.endedAt === null ? `/v1/clients/${encodeURIComponent(id)}` : null, readEveryMs);
  const isRead = client.value !== null;
  useEffect(() => {
    if (isRead) {
      line.shown();
    }
  }, [line, isRead]);
  return [client, state, () => {
    line.again();
    again();
  }];
}
