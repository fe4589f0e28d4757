import type { CSSProperties } from 'react';
import type { DayAssets } from '../api/types';
import { useSurroundings } from '../settings/SettingsContext';

const height = 88;
/** Room above and below the line for the figure where it begins. */
const pad = 18;

/** Closing figures as a line, from where it begins to where today stands. */
export function Sparkline({ days, now }: { days: readonly DayAssets[]; now: number }) {
  const { t, format } = useSurroundings();
  const values = [...days.map((day) => day.assets), now];
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const x = (index: number): number => (index / (values.length - 1)) * 100;
  const y = (value: number): number => (span === 0 ? height / 2 : height - pad - ((value - low) / span) * (height - 2 * pad));
  const line = values.map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(2)} ${y(value).toFixed(1)}`).join('');
  const first = values[0] ?? now;
  const [from, to] = [format.moneyShort(first), format.moneyShort(now)];
  // On the side from which the line goes away.
  const above = y(first) <= y(values.find((value) => value !== first) ?? first);
  const at = (top: number): CSSProperties => ({ top: `${top}px` });
  return (
    <div className="spark" role="img" aria-label={t.client.trend(from, to)} style={{ height }}>
      <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none"><path className="spark-line" d={line} vectorEffect="non-scaling-stroke" /></svg>
      <i style={at(y(now))} />
      {from !== to && <span className="first" style={at(y(first) + (above ? -11 : 11))}>{from}</span>}
      <span className="last" style={at(y(now))}>{to}</span>
    </div>
  );
}
