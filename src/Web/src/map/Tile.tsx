import { useSurroundings } from '../settings/SettingsContext';
import { Figure } from './Figure';
import { TileLine } from './TileLine';
import { valueOf, type MeasureId } from './measures';
import type { TileModel } from './tileModel';
import { useMapWords } from './useMapWords';

interface TileProps {
  readonly tile: TileModel;
  /** There is room for more than its number. */
  readonly roomy: boolean;
  readonly measure: MeasureId;
  readonly step: number;
  /** How old its figures are, written; null: nothing was ever heard of it. */
  readonly age: string | null;
  readonly line: readonly (number | null)[] | null;
  readonly ring: number;
  readonly selected: boolean;
  readonly onFocus: (key: string) => void;
  readonly onOpen: (tile: TileModel) => void;
}

const besides: readonly MeasureId[] = ['open', 'accepted', 'conversions', 'events'];

/** One tile: its name, its number, and either its last minutes or how old it is. It never changes place or size. */
export function Tile({ tile, roomy, measure, step, age, line, ring, selected, onFocus, onOpen }: TileProps) {
  const { t } = useSurroundings();
  const words = useMapWords();
  const place = { gridRow: tile.row + 1, gridColumn: tile.column + 1 };
  if (tile.state === 'none') {
    return <li className="none" style={place}><span className="nm">{tile.name}</span><span className="nb">{words.noOutlet}</span></li>;
  }
  const value = tile.state === 'unknown' ? null : valueOf(measure, tile.measures);
  const live = tile.state === 'live';
  const look = !live ? 'late' : value === null ? 'unknown' : `r${step}`;
  return (
    <li className={look} style={place}>
      <button data-key={tile.key} tabIndex={selected ? 0 : -1} onFocus={() => onFocus(tile.key)} onClick={() => onOpen(tile)}>
        <span className="nm" title={tile.name}>{tile.name}</span>
        {tile.surging && <span className="hot" title={words.surgeIn}><span className="vh">{t.listComma}{words.surgeIn}</span></span>}
        <span className="vh">{t.listComma}{words.measures[measure]} </span>
        <b className={measure === 'inflow' ? 'long' : undefined}>{value === null ? <><span aria-hidden="true">{t.none}</span><span className="vh">{words.unknown}</span></> : <Figure id={measure} value={value} />}</b>
        {live ? <TileLine values={line} /> : <span className="ag">{age === null ? words.never : words.ago(age)}</span>}
        {roomy && tile.state !== 'unknown' && (
          <span className="more">
            {besides.filter((id) => id !== measure).slice(0, 2).map((id) => <span key={id}>{words.columns[id]} <Figure id={id} value={valueOf(id, tile.measures)} /></span>)}
          </span>
        )}
      </button>
      {ring > 0 && live && <i key={ring} className="ring" aria-hidden="true" />}
    </li>
  );
}
