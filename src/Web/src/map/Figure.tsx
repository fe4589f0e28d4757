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
  const text = column && kindOf[id] === 'money' && value !== null ? format.moneyColumn(Math.abs(value)) : shown(id, value, format, t.none);
  if (kindOf[id] !== 'money' || value === null || value === 0) {
    return text;
  }
  return <span className={`${value > 0 ? 'up' : 'dn'}${coloured ? '' : ' flat'}`}>{text}</span>;
}
