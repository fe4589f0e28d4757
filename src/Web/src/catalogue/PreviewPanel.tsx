import { useSurroundings } from '../settings/SettingsContext';
import type { Dictionary } from '../i18n/zh';
import type { Formats } from '../i18n/format';
import type { CatalogueWords } from '../i18n/catalogue.zh';
import type { Counted, Preview, PreviewSegment } from './usePreview';
import { useCatalogueWords } from './useCatalogueWords';

/** Who would enter and leave each segment, and move between tiers: counts, and ids where the engine gives them. */
export function PreviewPanel({ preview, text, nameOf }: { preview: Preview<Counted>; text: string; nameOf: (segment: string) => string }) {
  const { t, format } = useSurroundings();
  const words = useCatalogueWords();
  const shown = preview.kind === 'counted' ? preview : preview.kind === 'busy' ? preview.before : null;
  const sign = (count: number, mark: string) => (count === 0 ? <td className="n q">0</td> : <td className="n b">{mark}{format.number(count)}</td>);
  return (
    <section className="side" aria-busy={preview.kind === 'busy'}>
      <header><h2>{words.previewTitle}</h2><span role="status">{notePreview(preview, text, words, t, format)}</span></header>
      {shown === null ? <p className="q">{words.previewNone}</p> : (
        <div className={preview.kind === 'busy' ? 'old' : ''}>
          <table aria-label={words.previewLabel}>
            <thead>
              <tr>
                <th scope="col">{words.columns.segment}</th><th scope="col" className="n">{words.columns.now}</th><th scope="col" className="n">{words.columns.would}</th>
                <th scope="col" className="n">{words.columns.enter}</th><th scope="col" className="n">{words.columns.leave}</th>
              </tr>
            </thead>
            <tbody>
              {shown.counted.segments.map((segment) => (
                <tr key={segment.id}>
                  <th scope="row">{nameOf(segment.id)} <small>{segment.id}</small></th>
                  <td className="n">{format.number(segment.members)}</td>
                  <td className={segment.would === segment.members ? 'n' : 'n b'}>{format.number(segment.would)}</td>
                  {sign(segment.enter.clients, '+')}{sign(segment.leave.clients, '−')}
                </tr>
              ))}
            </tbody>
          </table>
          {shown.counted.segments.flatMap((segment) => idsOf(segment)).map(({ segment, ids, count, enter }) => (
            <p key={`${segment}${enter}`} className="ids"><b>{words.ids(count, nameOf(segment), enter)}</b> <span className="mono">{ids.join(' ')}</span></p>
          ))}
          {shown.counted.tiers.length > 0 && (
            <p className="ids"><b>{words.tiers}</b> {shown.counted.tiers.map(({ from, to, clients }) => `${from || words.noTier} → ${to || words.noTier} ${format.number(clients)}`).join(t.listSemicolon)}</p>
          )}
          <p className="q">{words.previewNote}</p>
        </div>
      )}
    </section>
  );
}

/** Of which text a preview is, or why there is none. */
export function notePreview(preview: Preview<unknown>, text: string, words: CatalogueWords, t: Dictionary, format: Formats): string {
  switch (preview.kind) {
    case 'busy':
      return words.previewBusy;
    case 'failed':
      return words.previewFailed;
    case 'wrong':
      return words.previewWrong;
    case 'counted':
      return `${words.previewAt(format.clock(preview.at))}${preview.text === text ? '' : `${t.listSemicolon}${words.previewOld}`}`;
    default:
      return '';
  }
}

const idsOf = ({ id, enter, leave }: PreviewSegment) => [
  { segment: id, ids: enter.ids, count: enter.clients, enter: true }, { segment: id, ids: leave.ids, count: leave.clients, enter: false },
].filter(({ ids }) => ids.length > 0);
