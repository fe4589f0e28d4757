import { useState, type FormEvent } from 'react';
import { Problem, request } from '../api/http';
import { Dialog } from '../settings/Dialog';
import { useSurroundings } from '../settings/SettingsContext';
import { useClientWords } from './useClientWords';

/** Erases name, telephone and birthday for ever; the id has to be typed, because nothing brings them back. */
export function Erase({ id, onErased }: { id: string; onErased: () => void }) {
  const { format } = useSurroundings();
  const words = useClientWords().erase;
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    request('DELETE', `/v1/clients/${encodeURIComponent(id)}/personal`).then(
      () => {
        setOpen(false);
        setSaid(words.done(format.clock(Date.now())));
        onErased();
      },
      (error: unknown) => setSaid(error instanceof Problem && (error.status === 404 || error.status === 403) ? words.refused : words.failed),
    ).finally(() => setBusy(false));
  };

  return (
    <div className="erase">
      <button className="btn" onClick={() => { setSaid(null); setTyped(''); setOpen(true); }}>{words.open}</button>
      {!open && <span role="status">{said}</span>}
      {open && (
        <Dialog title={words.title} onClose={() => setOpen(false)}>
          <p>{words.all}</p>
          <form className="token" onSubmit={submit}>
            <label htmlFor="erase-id">{words.type(id)}</label>
            <input id="erase-id" value={typed} autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.currentTarget.value)} />
            <button className="btn warn" disabled={typed !== id || busy}>{words.do}</button>
          </form>
          <p className="problem" role="alert">{said}</p>
        </Dialog>
      )}
    </div>
  );
}
