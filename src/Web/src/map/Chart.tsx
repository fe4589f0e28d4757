import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Line } from './history';
import { useTheme } from './useTheme';

interface ChartProps {
  readonly line: Line;
  readonly label: string;
  readonly tick: (value: number) => string;
  /** The minute under the pointer, as its index; null: none. */
  readonly onPoint: (index: number | null) => void;
}

const axisWidth = 48;

/** Today as a line and the median of this minute dashed, from zero. The times stand under it as text. */
export function Chart({ line, label, tick, onPoint }: ChartProps) {
  const ref = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const latest = useRef({ tick, onPoint });
  latest.current = { tick, onPoint };
  const theme = useTheme();

  useEffect(() => {
    const place = ref.current;
    if (place === null) {
      return;
    }
    const made = new UPlot(optionsIn(place, latest), [[], [], []], place);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: place.clientWidth, height: place.clientHeight }));
    resized.observe(place);
    return () => {
      resized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [theme]);

  useEffect(() => {
    plot.current?.setData([
      line.minutes.map((ms) => ms / 1000), [...line.today], line.median === null ? line.minutes.map(() => null) : [...line.median],
    ]);
  }, [line, theme]);

  return <div ref={ref} className="plot" role="img" aria-label={label} />;
}

function optionsIn(place: HTMLElement, latest: { readonly current: Pick<ChartProps, 'tick' | 'onPoint'> }): UPlot.Options {
  const style = getComputedStyle(place);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    width: place.clientWidth, height: place.clientHeight, padding: [6, 4, 4, 4], legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    hooks: { setCursor: [(plot) => latest.current.onPoint(plot.cursor.idx ?? null)] },
    scales: { x: { time: true }, y: { range: (_, low, high) => rangeOf(low, high) } },
    axes: [
      { show: false },
      {
        side: 1, size: axisWidth, gap: 6, stroke: token('--ink-3'), font: `11px ${token('--font')}`, ticks: { show: false },
        grid: { stroke: token('--line'), width: 1 },
        splits: (_, __, low, high) => splitsOf(low, high),
        values: (_, splits) => splits.map((value) => latest.current.tick(value)),
      },
    ],
    series: [
      {},
      { stroke: token('--chart-ours'), width: 2, points: { show: true, size: 6, fill: token('--chart-ours'), filter: (plot) => [plot.data[0].length - 1] } },
      { stroke: token('--chart-base'), width: 1, dash: [3, 3], points: { show: false } },
    ],
  };
}

/** Three figures, and none where two would stand on each other. */
function splitsOf(low: number, high: number): number[] {
  return low >= 0 ? [0, high / 2, high] : -low < high / 3 ? [0, high] : high < -low / 3 ? [low, 0] : [low, 0, high];
}

/** From zero to a round figure, and as far below it as money went. */
export function rangeOf(low: number | null, high: number | null): [number, number] {
  return [low === null || low >= 0 ? 0 : -roundUp(-low), roundUp(high ?? 0)];
}

function roundUp(value: number): number {
  if (value <= 2) {
    return 2;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.2, 1.6, 2, 3, 4, 6, 8].find((step) => value <= step * power) ?? 10) * power;
}
