import type { ReactNode } from 'react';
import { useSurroundings } from '../settings/SettingsContext';

interface SectionProps {
  readonly title: string;
  readonly note?: string | undefined;
  /** As of when, ms of the screen's clock; 0: nothing read yet. */
  readonly at?: number;
  readonly failedSince?: number | undefined;
  readonly children: ReactNode;
}

/** A panel: its name, how old it is, and where its reading failed a line that says so while its neighbours go on. */
export function Section({ title, note, at, failedSince, children }: SectionProps) {
  const { t, format } = useSurroundings();
  return (
    <section className="sec">
      <header><h3>{title}</h3>{note !== undefined && <span>{note}</span>}{at !== undefined && at > 0 && <span className="age">{format.clock(at)}</span>}</header>
      {failedSince !== undefined && <p className="panel-failed">{t.client.failed(title, format.clock(failedSince))} <kbd>R</kbd></p>}
      {children}
    </section>
  );
}
