import type { DayAssets } from '../api/types';
import { useSurroundings } from '../settings/SettingsContext';

const width = 312;
const height = 64;
const plotWidth = 248;
const pad = 6;

/** Closing figures as a line, and where today stands. */
export function Sparkline({ days, now }: { days: readonly DayAssets[]; now: number }) {
  const { t, format } = useSurroundings();
  const values = [...days.map((day) => day.assets), now];
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const x = (index: number): number => (index / (values.length - 1)) * plotWidth;
  const y = (value: number): number => height - pad - ((value - low) / span) * (height - 2 * pad);
  const line = values.map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  const first = values[0] ?? now;
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t.client.trend(format.moneyShort(first), format.moneyShort(now))}>
      <path className="spark-line" d={line} />
      <circle className="spark-now" cx={plotWidth} cy={y(now)} r="3" />
      <text className="tick" x={plotWidth + 8} y={y(now) + 4}>{format.moneyShort(now)}</text>
    </svg>
  );
}
