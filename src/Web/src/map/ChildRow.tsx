import { memo } from 'react';
import { useSurroundings } from '../settings/SettingsContext';
import { Figure } from './Figure';
import { measureIds, unknownMeasures, valueOf, type MeasureId } from './measures';
import { TileLine } from './TileLine';
import { useMapWords } from './useMapWords';
import type { Part } from './view';

interface ChildRowProps {
  readonly rank: number;
  readonly part: Part;
  readonly name: string;
  readonly by: MeasureId;
  readonly cut: boolean;
  readonly now: number;
  readonly line: readonly (number | null)[] | null;
  readonly hit: boolean;
  /** Null: it cannot be opened. */
  readonly onOpen: ((node: string) => void) | null;
}

export const ChildRow = memo(function ChildRow({ rank, part, name, by, cut, now, line, hit, onOpen }: ChildRowProps) {
  const { format } = useSurroundings();
  const words = useMapWords();
  const late = part.late || cut || part.measures === unknownMeasures;
  return (
    <tr className={`${hit ? 'hit' : ''}${late ? ' stale' : ''}`} onClick={() => onOpen?.(part.node)}>
      <td className="n q">{late ? '–' : rank}</td>
      <td className="cut" title={name}>
        {onOpen === null ? <span className="q">{name}</span> : <button className="row-name" onClick={(event) => { event.stopPropagation(); onOpen(part.node); }}>{name}</button>}
        {part.surges.length > 0 && <span className="st fail" title={words.surgeIn}><span className="vh">{words.surgeIn}</span></span>}
      </td>
      {measureIds.map((id) => (
        <td key={id} className={`n ${id}${id === by ? ' b' : ''}`}><Figure id={id} value={valueOf(id, part.measures)} coloured={!late} column /></td>
      ))}
      <td className="ln">
        {!late ? <TileLine className="sp2" values={line} />
          : <span className="t12">{part.heardAt === null ? words.never : words.ago(format.age(now - part.heardAt))}</span>}
      </td>
    </tr>
  );
});
