import { useEffect, useRef } from 'react';
import { useSurroundings } from '../settings/SettingsContext';
import { Facts } from './Facts';
import { Legend } from './Legend';
import { Locator } from './Locator';
import type { MeasureId } from './measures';
import { provinceOf } from './provinces';
import { Tile } from './Tile';
import { TileNotes } from './TileNotes';
import { TotalHead } from './TotalHead';
import { isRoomy, type TileModel } from './tileModel';
import { useMapWords } from './useMapWords';
import { useRings } from './useRings';
import { useShades } from './useShades';
import type { Level, Part } from './view';

export interface TilePaneProps {
  readonly node: string;
  readonly level: Level;
  readonly where: string;
  /** GB/T 2260, where it is known. */
  readonly province: number | null;
  readonly self: Part;
  readonly tiles: readonly TileModel[];
  readonly measure: MeasureId;
  /** The line of it stands still: all figures are old. */
  readonly cut: boolean;
  readonly now: number;
  readonly lines: ReadonlyMap<string, readonly (number | null)[]>;
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  readonly onOpen: (tile: TileModel) => void;
}

/** The tiles of a node with what they are together. */
export function TilePane({ node, level, where, province, self, tiles, measure, cut, now, lines, selected, onSelect, onOpen }: TilePaneProps) {
  const { format, settings } = useSurroundings();
  const words = useMapWords();
  const shown = cut ? tiles.map((tile) => (tile.state === 'live' ? { ...tile, state: 'late' as const } : tile)) : tiles;
  const shades = useShades(tiles, node, measure);
  const ring = useRings(shown, node, now);
  const list = useRef<HTMLOListElement>(null);

  // Where one has come, the selected tile has the focus, unless it is somewhere on purpose.
  useEffect(() => {
    if (document.activeElement === document.body) {
      list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    }
  }, [node]);

  const roomy = isRoomy(node, tiles);
  const total = <TotalHead level={level} where={where} self={self} tiles={shown} measure={measure} cut={cut} />;
  return (
    <section className={level === 'hq' ? 'tiles' : 'tiles under'} aria-label={words.tilesOf(where, words.measures[measure])}>
      <Hatch />
      <div className="total">
        {total}
        {level !== 'advisor' && <Legend measure={measure} scale={shades.scale} />}
        <p className="q t12">{level === 'hq' ? words.schematic : level === 'advisor' ? '' : words.byId}</p>
      </div>
      {level !== 'hq' && province !== null && <Locator code={province} name={provinceOf(province)?.name[settings.language] ?? String(province)} />}
      {level === 'advisor' ? <Facts self={self} /> : (
        <ol ref={list} className={roomy ? 'grid roomy' : 'grid'}>
          {shown.map((tile) => (
            <Tile key={tile.key} tile={tile} roomy={roomy} measure={measure} step={shades.stepOf(tile.key)} ring={ring(tile.key)} line={lines.get(tile.key) ?? null}
              age={tile.heardAt === null ? null : format.age(now - tile.heardAt)} selected={tile.key === selected} onFocus={onSelect} onOpen={onOpen} />
          ))}
        </ol>
      )}
      {level !== 'advisor' && tiles.every((tile) => tile.state === 'none') && (
        <p className="noone"><b>{words.noChildren[level]}</b><span className="q">{words.emptyHint}</span></p>
      )}
      {level !== 'advisor' && <TileNotes level={level} surging={tiles.some((tile) => tile.surging)} />}
    </section>
  );
}

/** The pattern of what is late, defined once for all tiles. */
function Hatch() {
  return (
    <svg className="defs" aria-hidden="true">
      <defs>
        <pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V8" className="hatch" /></pattern>
      </defs>
    </svg>
  );
}
