import { useMemo, useState } from 'react';
import { useSurroundings } from '../settings/SettingsContext';
import { Chart } from './Chart';
import { lineOf, linesFor, type MapHistory } from './history';
import type { MeasureId } from './measures';
import { Panel } from './Panel';
import { useMapWords } from './useMapWords';
import type { Readings } from './useReadings';
import type { CountName } from './view';

interface LinesProps {
  readonly measure: MeasureId;
  readonly readings: Readings<MapHistory>;
  readonly paths: readonly string[];
  /** The line is down: what was read is old. */
  readonly cut: boolean;
  /** Events a second as pushed: newer than what was read. */
  readonly rateNow: number | null;
}

/** The last fifteen minutes of what is looked at: of the chosen measure first. */
export function Lines({ measure, readings, paths, cut, rateNow }: LinesProps) {
  const { format } = useSurroundings();
  const words = useMapWords();
  const histories = useMemo(() => paths.flatMap((path) => readings.values.get(path) ?? []), [readings, paths]);
  const whole = histories.length === paths.length ? histories : [];
  const at = whole.map((history) => Date.parse(history.at));
  const median = whole.length === 1 && whole[0]?.items.some((minute) => minute.median !== undefined);
  return (
    <Panel title={words.minutes} note={whole.length === 0 ? undefined : median === true ? words.minutesNote : whole.length > 1 ? words.minutesSum : words.minutesNoMedian}
      at={at.length === 0 ? null : format.clock(Math.min(...at))} late={cut} failedSince={readings.failure?.since}>
      <div className="trio">
        {linesFor(measure).map((count) => <OneLine key={count} count={count} histories={whole} rateNow={rateNow} />)}
      </div>
    </Panel>
  );
}

function OneLine({ count, histories, rateNow }: { count: CountName; histories: readonly MapHistory[]; rateNow: number | null }) {
  const { t, format } = useSurroundings();
  const words = useMapWords();
  const line = useMemo(() => lineOf(histories, count, rateNow), [histories, count, rateNow]);
  const [point, setPoint] = useState<number | null>(null);
  const index = point !== null && point < line.today.length ? point : line.today.length - 1;
  const figure = (value: number | null | undefined): string =>
    value === null || value === undefined ? t.none
      : count === 'netInflow' ? format.moneyTile(value) : count === 'eventsPerSecond' && value > 0 && value < 10 ? format.tenth(value) : format.yuan(value);
  const now = figure(line.today[index]);
  const median = figure(line.median?.[index]);
  const first = line.minutes[0];
  const last = line.minutes.at(-1);
  const pointed = point === null ? undefined : line.minutes[index];
  return (
    <figure>
      <figcaption>
        <span>{words.lines[count]}</span><b>{now}</b><span className="q">{count === 'eventsPerSecond' ? words.perSecond : words.perMinute}</span>
        {line.median !== null && <span className="q md" title={words.minutesNote}>{words.median(median)}</span>}
      </figcaption>
      <Chart line={line} label={words.lineLabel(words.lines[count], now, line.median === null ? words.unknown : median)} onPoint={setPoint}
        tick={(value) => (count === 'netInflow' ? format.moneyTile(value) : Number.isInteger(value) ? format.yuan(value) : format.tenth(value))} />
      <p className="ends t11 q">
        {histories.length === 0 ? t.loading : first === undefined || last === undefined ? words.noHistory
          : <><span>{format.minute(first)}</span>{pointed !== undefined && <b>{format.minute(pointed)}</b>}<span>{format.minute(last)}</span></>}
      </p>
    </figure>
  );
}
