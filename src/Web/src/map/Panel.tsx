import type { ReactNode } from 'react';
import { useSurroundings } from '../settings/SettingsContext';
import { useMapWords } from './useMapWords';

interface PanelProps {
  readonly title: string;
  readonly note?: string | undefined;
  /** As of when, written; null: nothing read yet. */
  readonly at: string | null;
  readonly failedSince?: number | undefined;
  /** What the panel shows is old: its time is marked. */
  readonly late?: boolean;
  readonly className?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A panel of the map: its name, how old it is, and where its reading failed a line that says so while its neighbours go on. */
export function Panel({ title, note, at, failedSince, late = false, className = '', actions, children }: PanelProps) {
  const { t, format } = useSurroundings();
  const words = useMapWords();
  return (
    <section className={`sec ${className}`} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {failedSince === undefined ? note !== undefined && <span className="cut">{note}</span>
          : <span className="panel-failed">{words.failed(title, format.clock(failedSince))} <kbd>R</kbd></span>}
        {actions}
        <span className={`age${late ? ' old' : ''}`}>{at ?? t.none}</span>
      </header>
      {children}
    </section>
  );
}
