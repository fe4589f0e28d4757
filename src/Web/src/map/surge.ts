import type { HistoryMinute, MapHistory } from './history';
import type { CountName } from './view';

export interface Surge {
  readonly count: CountName;
  /** How many other counts surge with it. */
  readonly others: number;
  /** Of its newest whole minute, or of the one under way where that is the first; null: the minutes have not been read yet. */
  readonly value: number | null;
  /** How many times the median; null where that is not known. */
  readonly times: number | null;
  readonly since: number | null;
  /** It was there before the first minute that is held. */
  readonly longer: boolean;
}

/** Most telling first: openings and conversions are few and mean something, events are many and mean work. */
const order: readonly CountName[] = ['accountsOpened', 'conversions', 'netInflow', 'accepted', 'promptsRaised', 'events', 'eventsPerSecond'];

/** What the banner says of a node. Events and their rate are one thing. */
export function surgeOf(surges: readonly CountName[], history: MapHistory | null): Surge | null {
  const counts = order.filter((count) => surges.includes(count) && !(count === 'eventsPerSecond' && surges.includes('events')));
  const [count] = counts;
  if (count === undefined) {
    return null;
  }
  const minutes = history?.items ?? [];
  const last = minutes.findLastIndex((minute) => minute.surges?.includes(count) === true);
  const first = last - lengthBefore(minutes.slice(0, last + 1), count) + 1;
  const newest = minutes[last]?.partial === true && last > first ? minutes[last - 1] : minutes[last];
  const median = newest?.median?.[count];
  const value = newest?.measures[count] ?? null;
  return {
    count, value, others: counts.length - 1,
    times: value === null || median === undefined || median <= 0 ? null : value / median,
    since: minutes[first] === undefined || last < 0 ? null : Date.parse(minutes[first].minute),
    longer: last >= 0 && first === 0,
  };
}

function lengthBefore(minutes: readonly HistoryMinute[], count: CountName): number {
  const quiet = minutes.findLastIndex((minute) => minute.surges?.includes(count) !== true);
  return minutes.length - 1 - quiet;
}
