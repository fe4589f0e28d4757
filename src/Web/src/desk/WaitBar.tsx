import { useSurroundings } from '../settings/SettingsContext';

interface WaitBarProps {
  readonly waiting: number;
  readonly topPriority: number;
  readonly frozenAt: number | null;
  readonly onTakeIn: () => void;
}

/** What is new waits here until it is asked for. The place is kept, so that nothing below it moves. */
export function WaitBar({ waiting, topPriority, frozenAt, onTakeIn }: WaitBarProps) {
  const { t, format } = useSurroundings();
  return (
    <div className={waiting > 0 ? 'wait' : 'wait idle'}>
      <span role="status" aria-live="polite">{waiting > 0 && <><b>{t.desk.waiting(waiting)}</b>{t.desk.waitingTop(topPriority)}</>}</span>
      {waiting > 0 && <button className="plain" onClick={onTakeIn}><kbd>N</kbd> {t.desk.takeIn}</button>}
      <span className="r q">{frozenAt !== null && t.desk.fixed(format.clock(frozenAt))}</span>
    </div>
  );
}
