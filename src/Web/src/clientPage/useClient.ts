import { useEffect, useMemo } from 'react';
import { usePolled, type Polled } from '../api/usePolled';
import type { Client } from '../api/types';

/** A right that ends is felt, and a change seen, within a second: what is asked is one number, and no access to him. */
const lookEveryMs = 700;
/** After a refusal: each one is an entry of the audit trail. */
const refusedEveryMs = 5_000;
/** What changes by the calendar alone, such as his age. */
const readEveryMs = 60_000;

/** One client, read when he has changed. `at` is when he was last known to be as shown; null when he is not to be seen any more. */
export function useClient(id: string): readonly [Polled<Client>, again: () => void] {
  const path = `/v1/clients/${encodeURIComponent(id)}`;
  const [client, again] = usePolled<Client>(path, readEveryMs);
  const refused = isRefusal(client.failure?.status);
  const [look, lookAgain] = usePolled<{ readonly position: number }>(`${path}/position`, refused ? refusedEveryMs : lookEveryMs);

  const position = look.value?.position;
  const known = client.value?.position;
  const stale = position !== undefined && known !== undefined && position !== known;
  const gone = isRefusal(look.failure?.status);
  const answersAgain = position !== undefined && look.failure === null && client.failure !== null;
  useEffect(() => {
    if (stale || gone || answersAgain) {
      again();
    }
  }, [position, stale, gone, answersAgain, again]);

  const shown = useMemo<Polled<Client>>(() => {
    if (gone && !refused) {
      return { value: null, at: client.at, failure: look.failure };
    }
    return { value: client.value, at: stale ? client.at : Math.max(client.at, look.at), failure: client.failure ?? look.failure };
  }, [client, look, stale, gone, refused]);
  return [shown, () => { again(); lookAgain(); }];
}

const isRefusal = (status: number | undefined): boolean => status === 403 || status === 404;
