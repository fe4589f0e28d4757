import type { Formats } from '../i18n/format';
import { kindOf, type MeasureId } from './measures';

/** A figure as a tile or a table shows it; "—" for what is not known. The sign of money is a mark beside it. */
export function shown(id: MeasureId, value: number | null, format: Formats, none: string): string {
  if (value === null) {
    return none;
  }
  switch (kindOf[id]) {
    case 'rate': return value > 0 && value < 10 ? format.tenth(value) : format.yuan(value);
    case 'count': return format.yuan(value);
    case 'share': return format.percentTenth(value);
    case 'money': return format.moneyTile(Math.abs(value));
  }
}

/** A bound of the scale. */
export function bound(id: MeasureId, value: number, format: Formats): string {
  switch (kindOf[id]) {
    case 'share': return format.percent(value);
    case 'money': return format.moneyShort(value);
    default: return format.yuan(value);
  }
}
