import { useCallback, useEffect, useState } from 'react';
import { browserTiming } from '../connection/timing';
import { Problem, get } from './http';

export interface Polled<T> {
  readonly value: T | null;
  /** When `value` was read, ms of the screen's clock. */
  readonly at: number;
  readonly failure: { readonly since: number; readonly status: number } | null;
}

const none = { value: null, at: 0, failure: null };

/**
 * One thing read from the API again and again, each time a while after the last answer: a slow engine is not asked faster.
 * No path: nothing. How long, may depend on that answer (null: there was none); such a function must be the same at each call.
 */
export function usePolled<T>(path: string | null, everyMs: number | ((last: T | null) => number)): readonly [Polled<T>, again: () => void] {
  const [polled, setPolled] = useState<Polled<T> & { readonly path: string | null }>({ ...none, path });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((count) => count + 1), []);

  useEffect(() => {
    if (path === null) {
      return undefined;
    }
    const reading = new AbortController();
    let cancel = () => {};
    let last: T | null = null;
    const later = () => {
      if (!reading.signal.aborted) {
        // Nobody looks at a page in the background; where clients are read each reading is an entry of the audit trail.
        cancel = browserTiming.after(typeof everyMs === 'number' ? everyMs : everyMs(last), () => (document.hidden ? later() : read()));
      }
    };
    const failed = (error: unknown) => {
      if (reading.signal.aborted) {
        return;
      }
      const status = error instanceof Problem ? error.status : 0;
      setPolled((was) => {
        const before = was.path === path ? was : none;
        // What the caller may no longer see is not kept either.
        const value = status === 404 || status === 403 ? null : before.value;
        return { path, value, at: before.at, failure: { since: before.failure?.since ?? Date.now(), status } };
      });
    };
    const read = () => {
      get<T>(path, reading.signal).then((value) => {
        last = value;
        setPolled({ path, value, at: Date.now(), failure: null });
      }, failed).then(later);
    };
    read();
    return () => {
      reading.abort();
      cancel();
    };
  }, [path, everyMs, round]);

  return [polled.path === path ? polled : none, again];
}
