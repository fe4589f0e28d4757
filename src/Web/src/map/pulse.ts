/** At most one ring so often a tile. */
export const ringEveryMs = 1_000;

interface Seen {
  readonly conversions: number;
  readonly rungAt: number;
  /** Counts the rings: a change of it starts one. 0: none yet. */
  readonly ring: number;
  /** Something happened too soon after the last ring; it is shown when its second is over. */
  readonly owed: boolean;
}

export type Pulses = ReadonlyMap<string, Seen>;

/** The rings after the counts of a delta. What is seen for the first time, and a new day's smaller count, ring nothing. */
export function pulsed(held: Pulses, counts: ReadonlyMap<string, number | null>, now: number): Pulses {
  let next: Map<string, Seen> | null = null;
  for (const [node, conversions] of counts) {
    const seen = held.get(node);
    const after = conversions === null ? seen : seen === undefined ? { conversions, rungAt: 0, ring: 0, owed: false } : rung(seen, conversions, now);
    if (after !== undefined && after !== seen) {
      next ??= new Map(held);
      next.set(node, after);
    }
  }
  return next ?? held;
}

function rung(seen: Seen, conversions: number, now: number): Seen {
  const due = seen.owed || conversions > seen.conversions;
  if (due && now - seen.rungAt >= ringEveryMs) {
    return { conversions, rungAt: now, ring: seen.ring + 1, owed: false };
  }
  return conversions === seen.conversions && due === seen.owed ? seen : { ...seen, conversions, owed: due };
}
