import type { MeasureId } from './measures';
import type { CountName } from './view';

/** What happened in one minute alone. */
export type MinuteMeasures = Readonly<Record<CountName, number>>;

export interface HistoryMinute {
  readonly minute: string;
  /** The minute under way. */
  readonly partial?: true;
  readonly measures: MinuteMeasures;
  /** Of the last 20 trading days at this minute; absent while no such day is known. */
  readonly median?: MinuteMeasures;
  readonly surges?: readonly CountName[];
}

export interface MapHistory {
  readonly node: string;
  readonly at: string;
  readonly items: readonly HistoryMinute[];
}

/** The line that goes with each measure: what is open or a share has no minutes of its own, what leads to it has. */
export const countOf: Readonly<Record<MeasureId, CountName>> = {
  events: 'eventsPerSecond', open: 'promptsRaised', accepted: 'accepted', conversions: 'conversions', opened: 'accountsOpened', inflow: 'netInflow',
};

const usual: readonly CountName[] = ['eventsPerSecond', 'promptsRaised', 'accountsOpened'];

/** Three lines: that of the chosen measure, then the usual ones. */
export const linesFor = (measure: MeasureId): CountName[] => [...new Set([countOf[measure], ...usual])].slice(0, 3);

export interface Line {
  /** Beginnings of the minutes, ms. */
  readonly minutes: readonly number[];
  readonly today: readonly number[];
  /** Null where no median is known: of no day, or of a sum of several nodes, which has none. */
  readonly median: readonly (number | null)[] | null;
}

/**
 * The whole minutes of a count, of one node or of several together. A rate also has the minute under way, as `rateNow` where that
 * is known better; a count of it would seem to fall.
 */
export function lineOf(histories: readonly MapHistory[], count: CountName, rateNow: number | null = null): Line {
  const [first] = histories;
  if (first === undefined) {
    return { minutes: [], today: [], median: null };
  }
  const minutes = first.items.filter((minute) => minute.partial !== true || count === 'eventsPerSecond');
  const sum = (minute: string): number => histories.reduce((total, history) =>
    total + (history.items.find((each) => each.minute === minute)?.measures[count] ?? 0), 0);
  const median = histories.length === 1 && minutes.some((minute) => minute.median !== undefined)
    ? minutes.map((minute) => minute.median?.[count] ?? null) : null;
  const today = histories.length === 1 ? minutes.map(({ measures }) => measures[count]) : minutes.map(({ minute }) => sum(minute));
  if (count === 'eventsPerSecond' && rateNow !== null && minutes.at(-1)?.partial === true) {
    today[today.length - 1] = rateNow;
  }
  return {
    minutes: minutes.map(({ minute }) => Date.parse(minute)),
    today,
    median,
  };
}
