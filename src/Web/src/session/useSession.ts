import { useCallback, useEffect, useState } from 'react';
import { Problem, get, request } from '../api/http';
import type { Me } from '../api/types';
import { browserTiming } from '../connection/timing';
import { whenSignedOut } from './signedOut';

export type Session =
  | { readonly kind: 'asking' }
  | { readonly kind: 'out' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'in'; readonly me: Me; readonly clockAheadMs: number };

export interface SessionActions {
  readonly session: Session;
  /** Settled when it is known who is signed in by now. */
  readonly ask: () => Promise<void>;
  readonly signOut: () => void;
}

const retryMs = 2_000;

/** Who is signed in, by the session cookie. */
export function useSession(): SessionActions {
  const [session, setSession] = useState<Session>({ kind: 'asking' });

  const ask = useCallback(() => get<Me>('/v1/me').then(
    (me) => setSession({ kind: 'in', me, clockAheadMs: me.now === undefined ? 0 : Date.parse(me.now) - Date.now() }),
    (error: unknown) => setSession({ kind: error instanceof Problem && error.status < 500 ? 'out' : 'unreachable' }),
  ), []);
  const ended = useCallback(() => setSession({ kind: 'out' }), []);
  const signOut = useCallback(() => {
    request('DELETE', '/v1/session').then(ended, ask);
  }, [ended, ask]);

  useEffect(() => void ask(), [ask]);
  useEffect(() => whenSignedOut(ended), [ended]);
  useEffect(() => (session.kind === 'unreachable' ? browserTiming.after(retryMs, () => void ask()) : undefined), [session, ask]);
  return { session, ask, signOut };
}
