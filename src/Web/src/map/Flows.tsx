import { useMemo } from 'react';
import type { Localized, Page } from '../api/types';
import { useResource } from '../client/useResource';
import { useSurroundings } from '../settings/SettingsContext';
import { FlowChart } from './FlowChart';
import { noSegment, otherSegments, type Flow } from './flowLayout';
import { Panel } from './Panel';
import { useMapWords } from './useMapWords';
import type { Readings } from './useReadings';

interface FlowsProps {
  readonly readings: Readings<Page<Flow>>;
  readonly paths: readonly string[];
  readonly cut: boolean;
  readonly clockAheadMs: number;
  readonly stamp: unknown;
}

/** Who moved from which segment to which today. */
export function Flows({ readings, paths, cut, clockAheadMs, stamp }: FlowsProps) {
  const { format, settings: { language } } = useSurroundings();
  const words = useMapWords();
  const segments = useResource<Page<{ id: string; name?: Localized | null }>>('/v1/segments', stamp);
  const flows = useMemo(() => paths.flatMap((path) => readings.values.get(path)?.items ?? []), [readings, paths]);
  const nameOf = useMemo(() => {
    const names = new Map(segments.value?.items.map(({ id, name }) => [id, name?.[language]]));
    return (key: string): string => (key === noSegment ? words.noSegment : key === otherSegments ? words.otherSegments : names.get(key) || key);
  }, [segments.value, language, words]);
  const at = readings.at === 0 ? null : format.clock(readings.at + clockAheadMs);
  return (
    <Panel className="flows" title={words.flows} note={words.flowsNote} at={at} late={cut} failedSince={readings.failure?.since}>
      {at !== null && flows.every(({ clients }) => clients === 0) ? <p className="q quiet">{words.noFlows(at)}</p> : <FlowChart flows={flows} nameOf={nameOf} />}
    </Panel>
  );
}
