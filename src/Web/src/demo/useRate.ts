import { useRef, useState } from 'react';

/** A count's growth a second, between the last two times that it was read; null until there are two. */
export function useRate(count: number | null, at: number): number | null {
  const before = useRef<{ count: number; at: number } | null>(null);
  const [rate, setRate] = useState<number | null>(null);
  const last = before.current;
  if (count !== null && at > (last?.at ?? 0)) {
    before.current = { count, at };
    if (last !== null) {
      const next = Math.round(Math.max(0, count - last.count) * 1_000 / (at - last.at));
      if (next !== rate) {
        setRate(next);
      }
    }
  }
  return rate;
}
