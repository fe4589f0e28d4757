import { directionOf } from '../client/direction';
import { useSurroundings } from '../settings/SettingsContext';
import { kindOf, type MeasureId } from './measures';
import { shown } from './show';

interface FigureProps {
  readonly id: MeasureId;
  readonly value: number | null;
  /** Red and green: only on the page's own ground, never on a step of the ramp. */
  readonly coloured?: boolean;
  /** In a column whose head names the unit. */
  readonly column?: boolean;
}

/** A figure of a measure. Money carries the mark of its direction. */
export function Figure({ id, value, coloured = false, column = false }: FigureProps) {
  const { t, format } = useSurroundings();
  const written = (of: number | null): string => (column && kindOf[id] === 'money' && of !== null ? format.moneyColumn(Math.abs(of)) : shown(id, of, format, t.none));
  const text = written(value);
  const direction = kindOf[id] !== 'money' || value === null ? null : directionOf(value, written);
  return direction === null ? text : <span className={`${direction}${coloured ? '' : ' flat'}`}>{text}</span>;
}
