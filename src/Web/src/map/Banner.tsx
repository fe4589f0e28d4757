import { useEffect, useRef, useState } from 'react';
import { useSurroundings } from '../settings/SettingsContext';
import { Figure } from './Figure';
import { measureIds, valueOf } from './measures';
import { surgeOf } from './surge';
import type { MapHistory } from './history';
import type { TileModel } from './tileModel';
import { useMapWords } from './useMapWords';
import type { Part } from './view';

interface BannerProps {
  readonly where: string;
  readonly self: Part;
  readonly cut: boolean;
  readonly history: MapHistory | null;
  readonly tiles: readonly TileModel[];
  readonly onOpen: (tile: TileModel) => void;
}

const openMax = 3;
/** Beyond this the multiple says only that next to nothing is usual. */
const manyTimes = 100;

/** A row of its own, always there: the surge while there is one, otherwise what the day has come to. */
export function Banner({ where, self, cut, history, tiles, onOpen }: BannerProps) {
  const { t, format } = useSurroundings();
  const words = useMapWords();
  const surge = surgeOf(self.surges, history);
  const said = useSaid(surge === null ? null : surge.count, (count) => `${where}${t.listComma}${words.surge[count]}`);
  const surging = tiles.filter((tile) => tile.surging && tile.opens !== null).sort((a, b) => (b.measures.events ?? 0) - (a.measures.events ?? 0));
  const figure = surge?.value === null || surge === null ? null : surge.count === 'netInflow' ? format.moneyShort(surge.value) : format.yuan(surge.value);
  return (
    <div className={`${surge === null ? 'today' : 'surge'}${cut ? ' old' : ''}`}>
      <span role="status" className="vh">{said}</span>
      {surge === null ? (
        <dl>
          {measureIds.map((id) => <div key={id}><dt>{words.summary[id]}</dt><dd><Figure id={id} value={valueOf(id, self.measures)} coloured={!cut} /></dd></div>)}
        </dl>
      ) : (
        <>
          <b>{words.surge[surge.count]}</b>
          <span className="s cut">
            {words.surgeOf(where, words.lines[surge.count])}{figure !== null && <> <strong>{figure} {words.perMinute}</strong></>}
            {surge.times !== null && <>{t.listComma}{surge.times >= manyTimes ? words.surgeManyTimes(manyTimes) : words.surgeTimes(surge.times)}</>}
            {surge.since !== null && <>{t.listComma}{surge.longer ? words.surgeBefore(format.minute(surge.since)) : words.surgeSince(format.minute(surge.since))}</>}
            {surge.others > 0 && <>{t.listComma}{words.surgeMore(surge.others)}</>}
          </span>
        </>
      )}
      {surging.length > 0 && (
        <span className="end">
          {surge === null && <span className="st fail">{words.surgeIn}</span>}
          {surging.slice(0, openMax).map((tile) => <button key={tile.key} className="btn" onClick={() => onOpen(tile)}>{tile.name}</button>)}
          {surging.length > openMax && <span className="q">{words.andMore(surging.length - openMax)}</span>}
        </span>
      )}
    </div>
  );
}

/** What is said once when a surge begins, and once when it is over. */
function useSaid<T extends string>(count: T | null, say: (count: T) => string): string {
  const words = useMapWords();
  const [said, setSaid] = useState('');
  const before = useRef<T | null>(null);
  const saying = useRef(say);
  saying.current = say;
  useEffect(() => {
    if (count !== before.current) {
      setSaid(count === null ? words.announceCalm : saying.current(count));
      before.current = count;
    }
  }, [count, words]);
  return said;
}
