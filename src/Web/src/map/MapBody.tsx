import { useEffect, useMemo, useState } from 'react';
import type { Page } from '../api/types';
import { useKeys } from '../keys/useKeys';
import { useSurroundings } from '../settings/SettingsContext';
import { Banner } from './Banner';
import { ChildTable } from './ChildTable';
import { Flows } from './Flows';
import { Foot } from './Foot';
import { Lines } from './Lines';
import type { Flow } from './flowLayout';
import type { MapHistory } from './history';
import type { MapState } from './mapConnection';
import type { MeasureId } from './measures';
import { neighbour, type Direction } from './neighbour';
import { TilePane } from './TilePane';
import { partsUnder, selfOf, tilesOf, type TileModel } from './tileModel';
import { useMapWords } from './useMapWords';
import { useLines } from './useLines';
import type { Crumb } from './usePath';
import type { Place } from './usePlace';
import { useReadings } from './useReadings';
import { useSelectedTile } from './useSelectedTile';
import { levelOf, provinceCodeOf, type MapView } from './view';

interface MapBodyProps {
  readonly node: string;
  readonly crumbs: readonly Crumb[];
  readonly province: number | null;
  readonly state: MapState;
  readonly view: MapView;
  readonly measure: MeasureId;
  readonly now: number;
  readonly clockAheadMs: number;
  readonly onGo: (change: Partial<Place>) => void;
  /** The name of the tile that Enter opens, for the crumbs. */
  readonly onNext: (name: string | null) => void;
}

/** Everything below the crumbs, of one node. */
export function MapBody({ node, crumbs, province, state, view, measure, now, clockAheadMs, onGo, onNext }: MapBodyProps) {
  const { settings } = useSurroundings();
  const words = useMapWords();
  const level = levelOf(node) ?? 'hq';
  const where = crumbs.at(-1)?.name ?? node;
  const cut = state.health.kind === 'offline';
  const self = selfOf(node, view);
  const parts = partsUnder(node, view);
  const tiles = tilesOf(node, view, settings.language, words.nobody[level]);
  const { selected, select } = useSelectedTile(node, tiles);
  const open = (to: string | null) => { if (to !== null) onGo({ node: to }); };

  const [reads, setReads] = useState(0);
  const ticks = useTicks(now, state.health.kind === 'live');
  const own = useMemo(() => (provinceCodeOf(node) === null ? [node] : parts.map((part) => part.node)), [node, parts.map((part) => part.node).join()]);
  const historyPaths = useMemo(() => own.map((each) => `/v1/map/${each}/history?minutes=16`), [own]);
  const flowPaths = useMemo(() => own.map((each) => `/v1/map/${each}/flows`), [own]);
  const histories = useReadings<MapHistory>(historyPaths, `${ticks.often} ${reads}`);
  const flows = useReadings<Page<Flow>>(flowPaths, `${ticks.often} ${reads}`);
  const lines = useLines(tiles, measure, `${ticks.seldom} ${reads}`);
  const history = historyPaths.length === 1 ? histories.values.get(historyPaths[0] ?? '') ?? null : null;

  const next = selected?.opens === null || selected === null ? null : selected.name;
  useEffect(() => onNext(next), [next, onNext]);
  const move = (direction: Direction) => {
    const from = selected ?? tiles.find((tile) => tile.state !== 'none');
    if (from !== undefined) {
      const key = neighbour(tiles, from, direction).key;
      select(key);
      document.querySelector<HTMLElement>(`.grid [data-key="${CSS.escape(key)}"]`)?.focus();
    }
  };
  useKeys({
    arrowup: () => move('arrowup'), arrowdown: () => move('arrowdown'), arrowleft: () => move('arrowleft'), arrowright: () => move('arrowright'),
    enter: () => open(selected?.opens ?? null), r: () => setReads((count) => count + 1),
  }, settings.letters);

  const openTile = (tile: TileModel) => {
    select(tile.key);
    open(tile.opens);
  };
  return (
    <>
      <Banner where={where} self={self} cut={cut} history={history} tiles={tiles} onOpen={openTile} />
      <div className="split">
        <TilePane node={node} level={level} where={where} province={province} self={self} tiles={tiles} measure={measure} cut={cut} now={now}
          lines={lines.byTile} selected={selected?.key ?? null} onSelect={select} onOpen={openTile} />
        <div className="right" data-level={level}>
          <Lines measure={measure} readings={histories} paths={historyPaths} cut={cut} rateNow={self.measures.eventsPerSecond} />
          {level !== 'advisor' && (
            <ChildTable node={node} level={level} parts={parts} measure={measure} at={self.at} cut={cut} now={now} lines={lines.byNode} hit={selected?.nodes ?? []} onOpen={open} />
          )}
          <Flows readings={flows} paths={flowPaths} cut={cut} clockAheadMs={clockAheadMs} stamp={reads} />
          <Foot view={view} health={state.health} cut={cut} tiles={tiles} now={now} />
        </div>
      </div>
    </>
  );
}

const oftenMs = 10_000;
const seldomMs = 60_000;

/** When to read again what is not pushed. While the line is down nothing is asked. */
function useTicks(now: number, live: boolean): { readonly often: number; readonly seldom: number } {
  const [ticks, setTicks] = useState({ often: 0, seldom: 0 });
  const often = Math.floor(now / oftenMs);
  const seldom = Math.floor(now / seldomMs);
  if (live && (often !== ticks.often || seldom !== ticks.seldom)) {
    setTicks({ often, seldom });
  }
  return ticks;
}
