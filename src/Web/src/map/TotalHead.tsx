import { useSurroundings } from '../settings/SettingsContext';
import { Figure } from './Figure';
import { valueOf, type MeasureId } from './measures';
import type { TileModel } from './tileModel';
import { useMapWords } from './useMapWords';
import { noNode, type Level, type Part } from './view';

interface TotalHeadProps {
  readonly level: Level;
  readonly where: string;
  readonly self: Part;
  readonly tiles: readonly TileModel[];
  readonly measure: MeasureId;
  readonly cut: boolean;
}

/** The one figure of the page, as of when, and what it holds that is old or lacks altogether. */
export function TotalHead({ level, where, self, tiles, measure, cut }: TotalHeadProps) {
  const { t, format } = useSurroundings();
  const words = useMapWords();
  const count = (state: TileModel['state']) => tiles.filter((tile) => tile.state === state && tile.key !== noNode).length;
  const [live, late, unknown] = [count('live'), count('late'), count('unknown')];
  const value = valueOf(measure, self.measures);
  const caveats = [
    ...(late > 0 && !cut ? [words.withLate[level](late)] : []),
    ...(unknown > 0 ? [words.withoutUnknown[level](unknown)] : []),
    self.at === null ? words.never : words.asOf(format.clock(self.at)),
  ];
  return (
    <>
      <p className="s">{[where, words.measures[measure], ...(level === 'advisor' || live === 0 ? [] : [words.live[level](live)])].join(t.listComma)}</p>
      <p className="cut"><span className={`big${cut ? ' old' : ''}`}><Figure id={measure} value={value} coloured /></span> <span className="q">{caveats.join(t.listSemicolon)}</span></p>
    </>
  );
}
