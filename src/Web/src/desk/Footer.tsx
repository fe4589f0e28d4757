import type { DeskState } from '../connection/deskConnection';
import { useSurroundings } from '../settings/SettingsContext';

export interface Undoable {
  readonly actionId: string;
  readonly promptId: string;
  readonly text: string;
  readonly secondsLeft: number;
}

interface FooterProps {
  readonly undoable: Undoable | null;
  readonly refusal: DeskState['refusal'];
  readonly onUndo: () => void;
  readonly onHelp: () => void;
}

/** Undo has a place of its own, so that it covers no row; beside it, the keys. */
export function Footer({ undoable, refusal, onUndo, onHelp }: FooterProps) {
  const { t } = useSurroundings();
  const keys: [string[], string][] = [
    [['J', 'K'], t.keys.move], [['A'], t.actions.accept], [['S'], t.actions.snooze], [['D'], t.actions.dismiss], [['F'], t.actions.done],
    [['U'], t.actions.undo], [['N'], t.keys.takeIn], [['/'], t.keys.find],
  ];
  return (
    <footer className="foot">
      {undoable !== null && (
        <div className="undo">
          <span role="status">{undoable.text}</span>
          <button onClick={onUndo}>{t.actions.undo} <kbd>U</kbd></button>
          <span>{t.secondsLeft(undoable.secondsLeft)}</span>
          <i key={undoable.actionId} />
        </div>
      )}
      <span role="alert" className="refusal">{refusal !== null && (t.refusals[refusal.code] ?? t.refused(refusal.code))}</span>
      <div className="keys">
        {keys.map(([names, what]) => <span key={what}>{names.map((name) => <kbd key={name}>{name}</kbd>)}{what}</span>)}
        <button className="plain" onClick={onHelp}><kbd>?</kbd>{t.keys.help}</button>
      </div>
    </footer>
  );
}
