import { useRef, useState } from 'react';
import { ConnectionPill } from '../desk/ConnectionPill';
import { TopBar } from '../desk/TopBar';
import { useKeys } from '../keys/useKeys';
import { useSurroundings } from '../settings/SettingsContext';
import { useNow } from '../settings/useNow';
import { usePageActions } from '../shell/actions';
import type { PageProps } from '../shell/Shell';
import '../styles/map.css';
import '../styles/mapSizes.css';
import { Crumbs } from './Crumbs';
import { MapBody } from './MapBody';
import { MeasureChoice } from './MeasureChoice';
import { measureIds } from './measures';
import { rootOf } from './root';
import type { MapState } from './mapConnection';
import { useMapConnection } from './useMapConnection';
import { useMapWords } from './useMapWords';
import { usePath, type Crumb } from './usePath';
import { usePlace } from './usePlace';
import { watchedFor, type MapView } from './view';
import { Waiting } from './Waiting';

/** The live map: a node, what stands under it, and how it has gone. */
export function MapPage({ me, clockAheadMs, onSignOut }: PageProps) {
  const { format, settings } = useSurroundings();
  const words = useMapWords();
  const now = useNow();
  const root = rootOf(me);
  const [{ node, measure }, go] = usePlace(root);
  const state = useMapConnection(watchedFor(node));
  const { crumbs, province } = usePath(root, node, state.view);
  const shown = useShown(node, state, crumbs, province);
  const [next, setNext] = useState<string | null>(null);
  const up = crumbs.at(-2)?.node;

  const back = () => { if (up !== undefined) go({ node: up }); };
  useKeys({
    escape: back,
    ...Object.fromEntries(measureIds.map((id, index) => [String(index + 1), () => go({ measure: id })])),
  }, settings.letters);

  usePageActions([
    { keys: ['←', '↑', '↓', '→'], what: words.keys.arrows }, { keys: ['Enter'], what: words.keys.enter }, { keys: ['Esc'], what: words.keys.esc, run: back },
    ...measureIds.map((id, index) => ({ keys: [String(index + 1)], what: words.keys.show(words.measures[id]), run: () => go({ measure: id }) })),
    { keys: ['S'], what: words.keys.sort }, { keys: ['R'], what: words.keys.retry },
  ]);

  const at = state.view?.self.at ?? null;
  const pillTime = at ?? (state.heardAt === null ? null : state.heardAt + clockAheadMs);
  return (
    <div className="page">
      <TopBar me={me} onSignOut={onSignOut}>
        {state.closed === null && <ConnectionPill health={state.health} heardAt={pillTime} now={pillTime ?? now} />}
      </TopBar>
      <main className="map">
        <div className="sub">
          <Crumbs crumbs={crumbs} next={next} onGo={(to) => go({ node: to })} />
          <MeasureChoice measure={measure} onChange={(to) => go({ measure: to })} />
        </div>
        {state.closed !== null ? (
          <div className="closed">
            <h2>{words.closed.title}</h2>
            <p>{words.closed.text(format.clock(state.closed.at + clockAheadMs))}</p>
            {node !== root && <button className="btn" onClick={() => go({ node: root })}>{words.closed.toTop}</button>}
          </div>
        ) : shown === null ? <Waiting /> : (
          <MapBody key={shown.node} {...shown} state={state} measure={measure} now={now} clockAheadMs={clockAheadMs} onGo={go} onNext={setNext} />
        )}
      </main>
    </div>
  );
}

interface Shown {
  readonly node: string;
  readonly view: MapView;
  readonly crumbs: readonly Crumb[];
  readonly province: number | null;
}

/** What was looked at stays until the next has come, as long as the line is well: no blank between two levels. */
function useShown(node: string, state: MapState, crumbs: readonly Crumb[], province: number | null): Shown | null {
  const last = useRef<Shown | null>(null);
  if (state.view !== null && state.view.self.node === watchedFor(node)) {
    last.current = { node, view: state.view, crumbs, province };
  } else if (state.health.kind !== 'live' || state.closed !== null) {
    last.current = null;
  }
  return last.current;
}
