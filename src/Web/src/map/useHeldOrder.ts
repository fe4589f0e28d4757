import { useRef, useState } from 'react';
import { held, type Order, type Sortable } from './order';

export interface HeldOrder {
  readonly nodes: readonly string[];
  /** Sorts at the next look, whatever holds the order. */
  readonly resort: () => void;
}

/** The order of a table, which moves only on request, or now and then while nobody is in it. */
export function useHeldOrder(of: string, rows: readonly Sortable[], by: string, busy: boolean): HeldOrder {
  const order = useRef<{ of: string; order: Order | null }>({ of, order: null });
  const [, redraw] = useState(0);
  const before = order.current.of === of ? order.current.order : null;
  const next = held(before, rows, by, Date.now(), busy);
  order.current = { of, order: next };
  return {
    nodes: next.nodes,
    resort: () => {
      order.current = { of, order: null };
      redraw((count) => count + 1);
    },
  };
}
