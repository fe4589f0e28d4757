/** A table re-sorts by itself so often at most, and never while something in it has the focus. */
export const resortEveryMs = 10_000;

export interface Order {
  readonly nodes: readonly string[];
  /** By what and when it was sorted, ms. */
  readonly by: string;
  readonly at: number;
}

export interface Sortable {
  readonly node: string;
  readonly value: number | null;
  readonly late: boolean;
}

/** Largest first; unknown ones, then late ones last; ties by id, so that equal rows never change places. */
export function sorted(rows: readonly Sortable[], by: string, now: number): Order {
  const nodes = [...rows].sort((a, b) =>
    Number(a.late) - Number(b.late)
    || Number(a.value === null) - Number(b.value === null)
    || (b.value ?? 0) - (a.value ?? 0)
    || (a.node < b.node ? -1 : a.node > b.node ? 1 : 0));
  return { nodes: nodes.map(({ node }) => node), by, at: now };
}

/** The order to show: the one held as long as it must not move, with new rows at its end and without those that are gone. */
export function held(order: Order | null, rows: readonly Sortable[], by: string, now: number, focused: boolean): Order {
  if (order === null || order.by !== by || (!focused && now - order.at >= resortEveryMs)) {
    return sorted(rows, by, now);
  }
  const present = new Set(rows.map(({ node }) => node));
  const kept = order.nodes.filter((node) => present.delete(node));
  return kept.length === order.nodes.length && present.size === 0 ? order : { ...order, nodes: [...kept, ...present] };
}
