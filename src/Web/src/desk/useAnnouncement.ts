import { useEffect, useRef, useState } from 'react';
import { isLive, type Feed } from '../connection/feed';
import { browserTiming } from '../connection/timing';

/** Several at once are one announcement, and a burst does not talk without end. */
const gatherMs = 2_000;

/** How many prompts are new since the last announcement, for those who listen instead of look. */
export function useAnnouncement(feed: Feed, desk: string): number {
  const known = useRef<Set<string> | null>(null);
  const [count, setCount] = useState(0);
  const latest = useRef(feed);
  useEffect(() => { latest.current = feed; });
  useEffect(() => browserTiming.every(gatherMs, () => {
    const live = [...latest.current.prompts.values()].filter((prompt) => isLive(prompt, desk)).map((prompt) => prompt.id);
    if (live.length === 0 && known.current === null) {
      return;
    }
    const before = known.current;
    known.current = new Set(live);
    setCount(before === null ? 0 : live.filter((id) => !before.has(id)).length);
  }), [desk]);
  return count;
}
