import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useSurroundings } from './SettingsContext';

/** A modal of the browser's own: it keeps the focus, and gives it back when it closes. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useSurroundings();
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog ref={ref} className="dialog" aria-labelledby={heading} onClose={onClose}>
      <header><h2 id={heading}>{title}</h2><form method="dialog"><button className="btn">{t.close} <kbd>Esc</kbd></button></form></header>
      {children}
    </dialog>
  );
}
