import type { Health } from '../connection/health';
import { useSurroundings } from '../settings/SettingsContext';
import type { TileModel } from './tileModel';
import { useMapWords } from './useMapWords';
import type { MapView } from './view';

const namedMax = 3;

interface FootProps {
  readonly view: MapView;
  readonly health: Health;
  readonly cut: boolean;
  readonly tiles: readonly TileModel[];
  readonly now: number;
}

/** What the figures come from: how many parts of the system are heard, what is late, and the keys. */
export function Foot({ view, health, cut, tiles, now }: FootProps) {
  const { t, format } = useSurroundings();
  const words = useMapWords();
  const { total, late } = view.system;
  const old = tiles.filter((tile) => tile.state === 'late' || tile.state === 'unknown');
  const ages = old.slice(0, namedMax).map((tile) => `${tile.name} ${tile.heardAt === null ? words.never : words.ago(format.age(now - tile.heardAt))}`);
  return (
    <footer className="parts" aria-label={words.system}>
      <span className={`st ${health.kind === 'live' ? 'ok' : 'fail'}`}>{words.push[health.kind]}</span>
      {!cut && <span className={`st ${late === 0 ? 'ok' : 'fail'}`}>{words.sources(total - late, total)}</span>}
      {ages.length > 0 && <span className="cut">{ages.join(t.listComma)}{old.length > namedMax && ` ${words.andMore(old.length - namedMax)}`}</span>}
      {ages.length === 0 && <span className="keys">
        <span><kbd>←</kbd><kbd>↑</kbd><kbd>↓</kbd><kbd>→</kbd> {words.keys.arrows}</span><span><kbd>Enter</kbd> {words.keys.enter}</span>
        <span><kbd>Esc</kbd> {words.keys.esc}</span><span><kbd>1</kbd>–<kbd>6</kbd> {words.keys.digits}</span>
      </span>}
    </footer>
  );
}
