import { useEffect, useState } from 'react';
import { Problem, get } from '../api/http';
import { browserTiming } from '../connection/timing';

export interface Resource<T> {
  readonly path: string;
  readonly value: T | null;
  readonly at: number;
  readonly failure: { readonly since: number; readonly status: number } | null;
}

/** A key held down passes many clients; only the one on which it rests is read. */
export const restMs = 100;

/** One thing read from the API, kept while it is read again. A change of `stamp` reads again. */
export function useResource<T>(path: string, stamp: unknown): Resource<T> {
  const [resource, setResource] = useState<Resource<T>>({ path, value: null, at: 0, failure: null });
  const held = resource.path === path ? resource : { path, value: null, at: 0, failure: null };

  useEffect(() => {
    const reading = new AbortController();
    const failed = (error: unknown) => {
      if (!reading.signal.aborted) {
        const status = error instanceof Problem ? error.status : 0;
        setResource((was) => {
          const before = was.path === path ? was : { path, value: null, at: 0, failure: null };
          return { ...before, failure: { since: before.failure?.since ?? Date.now(), status } };
        });
      }
    };
    const cancel = browserTiming.after(restMs, () => {
      get<T>(path, reading.signal).then((value) => setResource({ path, value, at: Date.now(), failure: null }), failed);
    });
    return () => {
      cancel();
      reading.abort();
    };
  }, [path, stamp]);

  return held;
}
