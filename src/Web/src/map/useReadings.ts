import { useEffect, useRef, useState } from 'react';
import { Problem, get } from '../api/http';
import { restMs } from '../client/useResource';
import { backoffMs } from '../connection/backoff';
import { browserTiming } from '../connection/timing';

export interface Readings<T> {
  /** By path; one that has not been read yet is missing. */
  readonly values: ReadonlyMap<string, T>;
  /** When the newest was read, ms of the screen's clock; 0: none yet. */
  readonly at: number;
  readonly failure: { readonly since: number; readonly status: number } | null;
}

const none: Readings<never> = { values: new Map<string, never>(), at: 0, failure: null };
const readingMax = 4;
/** Refused so often in a row for asking too often, what is held counts as not read. */
const refusalsMax = 8;

/** Several things read from the API, a few at a time, each kept while it is read again. A change of `stamp` reads again. */
export function useReadings<T>(paths: readonly string[], stamp: unknown): Readings<T> {
  const key = paths.join('\n');
  const [{ of, readings }, set] = useState<{ of: string; readings: Readings<T> }>({ of: key, readings: none });

  // Whatever asks next waits as long as the engine said.
  const haste = useRef({ refusals: 0, until: 0 });

  useEffect(() => {
    const reading = new AbortController();
    const change = (next: (held: Readings<T>) => Readings<T>) => {
      if (!reading.signal.aborted) {
        set((was) => ({ of: key, readings: next(was.of === key ? was.readings : none) }));
      }
    };
    const waiting = key === '' ? [] : key.split('\n');
    /** Null: read, or not to be read. Otherwise how long to wait before it is asked for again. */
    const read = (path: string): Promise<number | null> => get<T>(path, reading.signal).then(
      (value) => {
        haste.current.refusals = 0;
        change(({ values }) => ({ values: new Map(values).set(path, value), at: Date.now(), failure: null }));
        return null;
      },
      (error: unknown) => {
        const { status, retryAfterMs } = error instanceof Problem ? error : { status: 0, retryAfterMs: null };
        if (status === 429) {
          // The lanes ask at once: what they are refused together is one refusal.
          const refusals = haste.current.refusals + (Date.now() >= haste.current.until ? 1 : 0);
          const againMs = backoffMs(refusals, retryAfterMs);
          haste.current = { refusals, until: Math.max(haste.current.until, Date.now() + againMs) };
          if (refusals <= refusalsMax) {
            return againMs;
          }
        }
        change((held) => ({ ...held, failure: { since: held.failure?.since ?? Date.now(), status } }));
        return null;
      },
    );
    const readNext = async (): Promise<void> => {
      for (let path = waiting.shift(); path !== undefined && !reading.signal.aborted; path = waiting.shift()) {
        const again = await read(path);
        if (again !== null) {
          // Nobody need know: what is held stands, and this is read a little later.
          waiting.unshift(path);
          await new Promise<void>((wake) => browserTiming.after(again, wake));
        }
      }
    };
    const cancel = browserTiming.after(Math.max(restMs, haste.current.until - Date.now()), () => {
      for (let lane = 0; lane < readingMax; lane++) {
        void readNext();
      }
    });
    return () => {
      cancel();
      reading.abort();
    };
  }, [key, stamp]);

  return of === key ? readings : none;
}
