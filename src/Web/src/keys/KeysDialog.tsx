import { Dialog } from '../settings/Dialog';
import { useSurroundings } from '../settings/SettingsContext';

/** All keys of the desk. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useSurroundings();
  const rows: [string[], string][] = [
    [['J', 'K', '↓', '↑'], t.keys.move], [['Enter'], t.keys.open], [['Esc'], t.keys.back],
    [['A'], t.keys.accept], [['S'], t.keys.snooze], [['D'], t.keys.dismiss], [['F'], t.keys.done], [['U'], t.keys.undo],
    [['R'], t.keys.retry], [['N'], t.keys.takeIn], [['/'], t.keys.find], [['?'], t.keys.help],
  ];
  return (
    <Dialog title={t.keys.title} onClose={onClose}>
      <dl className="keylist">
        {rows.map(([keys, what]) => (
          <div key={what}><dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt><dd>{what}</dd></div>
        ))}
      </dl>
      <p className="t12 q">{t.keys.note}</p>
    </Dialog>
  );
}
