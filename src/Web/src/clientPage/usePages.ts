import { useCallback, useEffect, useState } from 'react';
import { Problem, get } from '../api/http';
import type { Page } from '../api/types';

export interface Pages<T> {
  readonly items: readonly T[] | null;
  readonly more: boolean;
  readonly reading: boolean;
  readonly at: number;
  readonly failure: { readonly since: number; readonly status: number } | null;
}

const nothing = { items: null, next: null, more: false, reading: false, at: 0, failure: null };

/** A list, newest first, that grows at both ends: new at the top when `stamp` changes, older below when asked for. */
export function usePages<T>(path: string, limit: number, stamp: unknown, keyOf: (item: T) => string): readonly [Pages<T>, earlier: () => void] {
  const [held, setHeld] = useState<Pages<T> & { readonly next: string | null; readonly path: string }>({ ...nothing, path });

  const failed = useCallback((error: unknown) => setHeld((was) => ({
    ...was, reading: false, failure: { since: was.failure?.since ?? Date.now(), status: error instanceof Problem ? error.status : 0 },
  })), []);

  useEffect(() => {
    const reading = new AbortController();
    get<Page<T>>(`${path}?limit=${limit}`, reading.signal).then((page) => setHeld((was) => {
      const fresh = new Set(page.items.map(keyOf));
      const known = was.path === path ? was.items ?? [] : [];
      // Where the newest page does not reach what is held, that would leave a gap unseen: begin anew.
      const joins = known.some((item) => fresh.has(keyOf(item)));
      const items = joins ? [...page.items, ...known.filter((item) => !fresh.has(keyOf(item)))] : page.items;
      const next = joins && known.length > page.items.length ? was.next : page.next;
      return { path, items, next, more: next !== null, reading: false, at: Date.now(), failure: null };
    }), (error: unknown) => {
      if (!reading.signal.aborted) {
        failed(error);
      }
    });
    return () => reading.abort();
  }, [path, limit, stamp, keyOf, failed]);

  const earlier = () => {
    const { next } = held;
    if (next === null || held.reading) {
      return;
    }
    setHeld((was) => ({ ...was, reading: true }));
    get<Page<T>>(`${path}?limit=${limit}&after=${encodeURIComponent(next)}`).then((page) => setHeld((was) => {
      if (was.path !== path || was.next !== next) {
        return { ...was, reading: false };
      }
      const known = new Set((was.items ?? []).map(keyOf));
      return { ...was, items: [...was.items ?? [], ...page.items.filter((item) => !known.has(keyOf(item)))], next: page.next, more: page.next !== null, reading: false };
    }), failed);
  };

  return [held.path === path ? held : nothing, earlier];
}
