import { useMemo } from 'react';
import { usePolled } from '../api/usePolled';
import type { Page } from '../api/types';

export interface Quote {
  readonly symbol: string;
  readonly price: number;
  readonly previousClose: number;
  readonly time: string;
}

export interface Position {
  readonly symbol: string;
  readonly quantity: number;
  /** Yuan; null: nobody quotes it. */
  readonly value: number | null;
  /** Since the previous close. */
  readonly change: number | null;
}

const readEveryMs = 5_000;
/** As many as the engine answers at once. */
const symbolsMax = 200;

/** What somebody holds, what is worth most first; what nobody quotes comes last, by its symbol. */
export function positionsOf(holdings: Readonly<Record<string, number>>, quotes: ReadonlyMap<string, Quote>): Position[] {
  return Object.entries(holdings).map(([symbol, quantity]) => {
    const quote = quotes.get(symbol);
    return { symbol, quantity, value: quote === undefined ? null : quantity * quote.price, change: quote === undefined ? null : quote.price / quote.previousClose - 1 };
  }).sort((a, b) => (b.value ?? -1) - (a.value ?? -1) || (a.symbol < b.symbol ? -1 : 1));
}

/** The newest quote of each symbol that has one, and as of when the oldest of them is, ms of the engine's clock. */
export function useQuotes(symbols: readonly string[]): readonly [ReadonlyMap<string, Quote>, at: number] {
  const path = symbols.length === 0 ? null : `/v1/quotes?symbols=${[...symbols].sort().slice(0, symbolsMax).map(encodeURIComponent).join(',')}`;
  const [{ value }] = usePolled<Page<Quote>>(path, readEveryMs);
  return useMemo(() => {
    const items = value?.items ?? [];
    return [new Map(items.map((quote) => [quote.symbol, quote])), items.reduce((oldest, { time }) => Math.min(oldest, Date.parse(time)), Infinity)];
  }, [value]);
}
