import { useEffect, useMemo, useRef, useState } from 'react';
import type { Prompt } from '../api/types';
import type { Feed } from '../connection/feed';
import { browserTiming } from '../connection/timing';
import { arranged, waitingFor, type Tab } from './order';

/** Without a key for so long nobody reads the list: it may move again. */
const idleMs = 60_000;

interface Frozen {
  /** Null until the next rendering, which knows the order to keep: what froze it may just have changed the search too. */
  readonly order: readonly string[] | null;
  readonly at: number;
}

export interface Order {
  readonly order: readonly string[];
  readonly frozenAt: number | null;
  readonly waiting: readonly string[];
  freeze(): void;
  thaw(): void;
  takeIn(): void;
}

/** The order of the rows: live while nobody is in the list, still while a row has the focus. */
export function useOrder({ prompts }: Feed, desk: string, tab: Tab, matches: (prompt: Prompt) => boolean, forgetEnded: () => void): Order {
  const [frozen, setFrozen] = useState<Frozen | null>(null);
  const before = useRef<readonly string[]>([]);
  const current = useMemo(() => arranged(prompts, desk, { tab, matches }, before.current), [prompts, desk, tab, matches]);
  before.current = current;
  if (frozen !== null && frozen.order === null) {
    setFrozen({ ...frozen, order: current });
  }
  const order = frozen?.order ?? current;
  const waiting = useMemo(() => waitingFor(order, current), [order, current]);

  const takeIn = () => {
    forgetEnded();
    setFrozen((was) => was && { order: null, at: browserTiming.now() });
  };

  const isFrozen = frozen !== null;
  useEffect(() => {
    if (!isFrozen) {
      return undefined;
    }
    let lastKeyAt = browserTiming.now();
    const touched = () => { lastKeyAt = browserTiming.now(); };
    addEventListener('keydown', touched);
    addEventListener('pointerdown', touched);
    const stop = browserTiming.every(1_000, () => {
      if (browserTiming.now() - lastKeyAt >= idleMs) {
        forgetEnded();
        setFrozen(null);
      }
    });
    return () => {
      removeEventListener('keydown', touched);
      removeEventListener('pointerdown', touched);
      stop();
    };
  }, [isFrozen, forgetEnded]);

  return {
    order,
    frozenAt: frozen?.at ?? null,
    waiting,
    freeze: () => setFrozen((was) => was ?? { order: null, at: browserTiming.now() }),
    thaw: () => setFrozen(null),
    takeIn,
  };
}
