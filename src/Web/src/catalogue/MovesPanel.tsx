import { useSurroundings } from '../settings/SettingsContext';
import { notePreview } from './PreviewPanel';
import type { Moves, Preview } from './usePreview';
import { useCatalogueWords } from './useCatalogueWords';

const desksMax = 20;

/** Whom an organisation would move: clients and prompts, what becomes of each branch's places, and the desks that win and lose. */
export function MovesPanel({ preview, text }: { preview: Preview<Moves>; text: string }) {
  const { t, format } = useSurroundings();
  const words = useCatalogueWords();
  const shown = preview.kind === 'counted' ? preview : preview.kind === 'busy' ? preview.before : null;
  const change = (now: number, then: number) => (now === then ? <td className="n q">{format.number(now)}</td> : <td className="n">{format.number(now)} → <b>{format.number(then)}</b></td>);
  const sign = (count: number, mark: string) => (count === 0 ? <td className="n q">0</td> : <td className="n b">{mark}{format.number(count)}</td>);
  const moves = words.moves;
  return (
    <section className="side" aria-busy={preview.kind === 'busy'}>
      <header><h2>{moves.title}</h2><span role="status">{notePreview(preview, text, words, t, format)}</span></header>
      {shown === null ? <p className="q">{moves.none}</p> : (
        <div className={preview.kind === 'busy' ? 'old' : ''}>
          <p><b>{moves.moved(format.number(shown.counted.moved), format.number(shown.counted.clients))}</b>{t.listSemicolon}{moves.prompts(format.number(shown.counted.prompts.moved), format.number(shown.counted.prompts.withdrawn))}</p>
          <table aria-label={moves.branches}>
            <thead>
              <tr>
                <th scope="col">{moves.columns.branch}</th><th scope="col" className="n">{moves.columns.clients}</th>
                <th scope="col" className="n">{moves.columns.waiting}</th><th scope="col" className="n">{moves.columns.places}</th>
              </tr>
            </thead>
            <tbody>
              {shown.counted.branches.map((branch) => (
                <tr key={branch.id}>
                  <th scope="row">{branch.id}</th>{change(branch.clients, branch.would)}{change(branch.waiting, branch.wouldWait)}
                  <td className="n">{format.number(branch.served)} / {format.number(branch.capacity)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {shown.counted.desks.length > 0 && (
            <table aria-label={moves.desks}>
              <thead><tr><th scope="col">{moves.columns.desk}</th><th scope="col" className="n">{moves.columns.come}</th><th scope="col" className="n">{moves.columns.leave}</th></tr></thead>
              <tbody>
                {shown.counted.desks.slice(0, desksMax).map(({ desk, come, leave }) => (
                  <tr key={desk}><th scope="row">{t.desk.own(desk)}</th>{sign(come, '+')}{sign(leave, '−')}</tr>
                ))}
              </tbody>
            </table>
          )}
          {shown.counted.desks.length > desksMax && <p className="q">{moves.moreDesks(shown.counted.desks.length - desksMax)}</p>}
          {shown.counted.mandates.filter(({ clients, would }) => clients !== would).map(({ branch, scope, clients, would }) => (
            <p key={`${branch} ${scope}`} className="ids"><b>{moves.mandate(branch, scope)}</b> {format.number(clients)} → {format.number(would)}</p>
          ))}
          <p className="q">{moves.note}</p>
        </div>
      )}
    </section>
  );
}
