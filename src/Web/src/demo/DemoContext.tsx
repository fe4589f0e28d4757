import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { request } from '../api/http';
import { usePolled, type Polled } from '../api/usePolled';
import { useKeys } from '../keys/useKeys';
import { useSurroundings } from '../settings/SettingsContext';
import { useShell, type PageAction } from '../shell/actions';
import { nextSpeed, type DemoStatus } from './demo';
import { useDemoWords } from './useDemoWords';

export interface Demo {
  readonly status: Polled<DemoStatus>;
  readonly toggle: () => void;
  readonly step: () => void;
  readonly setSpeed: (speed: number) => void;
}

const Context = createContext<Demo | null>(null);

/** Null where this engine plays no demo. */
export const useDemo = (): Demo | null => use(Context);

const readEveryMs = 1_000;

/** Where there is a demo, its keys work on every page: who looks at the desk need not leave it to stop the market. */
export function DemoProvider({ on, children }: { on: boolean; children: ReactNode }) {
  return on ? <Playing>{children}</Playing> : children;
}

function Playing({ children }: { children: ReactNode }) {
  const { settings } = useSurroundings();
  const words = useDemoWords();
  const { setEverywhere } = useShell();
  const [read, again] = usePolled<DemoStatus>('/v1/demo', readEveryMs);
  const [answered, setAnswered] = useState<DemoStatus | null>(null);
  // The answer to a key stands until the next reading.
  useEffect(() => setAnswered(null), [read]);

  const demo = useMemo<Demo>(() => {
    const status = answered === null ? read : { ...read, value: answered };
    const change = (what: { paused?: boolean; speed?: number; step?: true }) => {
      // A reading that was on its way when the key was pressed knows nothing of it: it is given up for a new one.
      request<DemoStatus>('POST', '/v1/demo', what).then(setAnswered, () => undefined).then(again);
    };
    return {
      status,
      toggle: () => change({ paused: status.value?.paused !== true }),
      step: () => change({ step: true }),
      setSpeed: (speed) => change({ speed }),
    };
  }, [read, answered, again]);

  const faster = (by: 1 | -1) => demo.setSpeed(nextSpeed(demo.status.value?.speed ?? 1, by));
  const actions: readonly PageAction[] = [
    { keys: ['P'], what: demo.status.value?.paused === true ? words.keys.resume : words.keys.pause, run: demo.toggle },
    { keys: ['.'], what: words.keys.step, run: demo.step },
    { keys: ['['], what: words.keys.slower, run: () => faster(-1) }, { keys: [']'], what: words.keys.faster, run: () => faster(1) },
  ];
  useKeys({ p: demo.toggle, '.': demo.step, '[': () => faster(-1), ']': () => faster(1) }, settings.letters);
  useEffect(() => setEverywhere(actions));
  useEffect(() => () => setEverywhere([]), [setEverywhere]);
  return <Context value={demo}>{children}</Context>;
}
