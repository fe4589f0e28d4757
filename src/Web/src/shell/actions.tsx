import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';

/** Something that the present page can do: its keys, what it is called, and how to do it from the palette. */
export interface PageAction {
  readonly keys: readonly string[];
  readonly what: string;
  /** Absent: a key only, such as a move in a list. */
  readonly run?: () => void;
}

interface Register {
  readonly current: () => readonly PageAction[];
  readonly set: (actions: readonly PageAction[]) => void;
  /** What can be done on every page. */
  readonly setEverywhere: (actions: readonly PageAction[]) => void;
  readonly openPalette: () => void;
  readonly openKeys: () => void;
}

const Context = createContext<Register | null>(null);

export type Opened = 'palette' | 'keys' | null;

/** Holds what the present page can do, and which of the two dialogs that show it is open. */
export function ActionsProvider({ children }: { children: (opened: Opened, open: (what: Opened) => void) => ReactNode }) {
  const actions = useRef<readonly PageAction[]>([]);
  const everywhere = useRef<readonly PageAction[]>([]);
  const [opened, open] = useState<Opened>(null);
  const value = useMemo<Register>(() => ({
    current: () => [...actions.current, ...everywhere.current],
    set: (next) => { actions.current = next; },
    setEverywhere: (next) => { everywhere.current = next; },
    openPalette: () => open('palette'),
    openKeys: () => open('keys'),
  }), []);
  return <Context value={value}>{children(opened, open)}</Context>;
}

export function useShell(): Register {
  const value = use(Context);
  if (value === null) {
    throw new Error('useShell is used outside ActionsProvider.');
  }
  return value;
}

/** Tells the palette and the list of keys what this page can do. Read when they open, so that nothing is drawn for a change. */
export function usePageActions(actions: readonly PageAction[]): void {
  const { set } = useShell();
  useEffect(() => set(actions));
  useEffect(() => () => set([]), [set]);
}
