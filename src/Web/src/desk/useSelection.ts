import { useRef, useState } from 'react';
import { selectionAfter } from './order';

export interface Selection {
  readonly id: string | null;
  /** A person chose it; otherwise the page did. */
  readonly chosen: boolean;
  select(id: string): void;
  move(by: number): void;
}

/** Which row the panel and the keys speak of. It stays with its prompt wherever the row goes. */
export function useSelection(order: readonly string[]): Selection {
  const [picked, setPicked] = useState<string | null>(null);
  const place = useRef(0);
  const current = useRef<string | null>(null);
  const id = selectionAfter(order, picked ?? current.current, place.current);
  current.current = id;
  place.current = id === null ? place.current : order.indexOf(id);
  return {
    id,
    chosen: id !== null && picked === id,
    select: setPicked,
    move: (by) => {
      const next = order[Math.min(Math.max(0, place.current + by), order.length - 1)];
      if (next !== undefined) {
        setPicked(next);
      }
    },
  };
}
