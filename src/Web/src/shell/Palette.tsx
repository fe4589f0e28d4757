import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { composes } from '../keys/useKeys';
import { useSurroundings } from '../settings/SettingsContext';
import { useShell, type PageAction } from './actions';
import { clientId, openClient } from './clients';
import { navigate } from './router';
import type { Place } from './places';

/** Everything that can be done here and everywhere one can go, with its keys; typing narrows it down. */
export function Palette({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const { t } = useSurroundings();
  const shell = useShell();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const [all] = useState<readonly PageAction[]>(() => [
    ...shell.current().filter(({ run }) => run !== undefined),
    ...places.filter(({ missing }) => missing === undefined).map((place) => ({ keys: ['G', place.letter.toUpperCase()], what: t.pages.go(t.pages[place.id]), run: () => navigate(place.path) })),
    { keys: ['?'], what: t.keys.help, run: shell.openKeys },
    ...shell.current().filter(({ run }) => run === undefined),
  ]);
  useEffect(() => dialog.current?.showModal(), []);

  const wanted = text.trim().toLowerCase();
  const matching = all.filter(({ what, keys }) => what.toLowerCase().includes(wanted) || keys.join(' ').toLowerCase() === wanted);
  const client = text.trim();
  const found = matching.length === 0 && clientId.test(client) ? [{ keys: ['Enter'], what: t.desk.openClient(client), run: () => openClient(client) }] : matching;
  const chosen = Math.min(at, found.length - 1);

  const run = (action: PageAction | undefined) => {
    if (action?.run !== undefined) {
      // Closed first: the browser gives the focus back, and the action may move it on.
      dialog.current?.close();
      action.run();
    }
  };
  const pressed = (event: KeyboardEvent) => {
    if (composes(event.nativeEvent)) {
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setAt((chosen + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[chosen]);
    }
  };

  return (
    <dialog ref={dialog} className="palette" aria-label={t.palette.title} onClose={onClose}>
      <input type="text" role="combobox" value={text} aria-label={t.palette.title} placeholder={t.palette.hint} autoComplete="off" spellCheck={false}
        aria-expanded="true" aria-controls={id} {...(chosen < 0 ? {} : { 'aria-activedescendant': `${id}-${chosen}` })}
        onChange={(event) => { setText(event.currentTarget.value); setAt(0); }} onKeyDown={pressed} />
      <div role="listbox" id={id} aria-label={t.palette.title} className="found">
        {found.map((action, index) => (
          <div key={action.what + action.keys.join()} id={`${id}-${index}`} role="option" aria-selected={index === chosen} aria-disabled={action.run === undefined}
            ref={(element) => { if (index === chosen) { element?.scrollIntoView({ block: 'nearest' }); } }}
            onClick={() => run(action)}>
            <span className="cut">{action.what}</span>
            <span className="ks">{action.keys.map((key) => <kbd key={key}>{key}</kbd>)}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="q" role="status">{t.palette.none}</p>}
    </dialog>
  );
}
