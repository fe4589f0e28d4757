import { Dialog } from '../settings/Dialog';
import { useSurroundings } from '../settings/SettingsContext';
import { useShell } from '../shell/actions';

/** All keys of the present page, and those that work on each. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useSurroundings();
  const rows = [...useShell().current(), { keys: ['G', 'D M C'], what: t.pages.label }, { keys: ['Ctrl', 'K'], what: t.palette.title }, { keys: ['?'], what: t.keys.help }];
  return (
    <Dialog title={t.keys.title} onClose={onClose}>
      <dl className="keylist">
        {rows.map(({ keys, what }) => (
          <div key={what}><dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt><dd>{what}</dd></div>
        ))}
      </dl>
      <p className="t12 q">{t.keys.note}</p>
    </Dialog>
  );
}
