import { useRef, useSyncExternalStore } from 'react';
import { pulsed, type Pulses } from './pulse';
import type { TileModel } from './tileModel';

const calm = matchMedia('(prefers-reduced-motion: reduce)');

function watch(changed: () => void): () => void {
  calm.addEventListener('change', changed);
  return () => calm.removeEventListener('change', changed);
}

/** The number of the newest ring of each tile; none for those who asked for less motion. */
export function useRings(tiles: readonly TileModel[], node: string, now: number): (key: string) => number {
  const reduced = useSyncExternalStore(watch, () => calm.matches);
  const held = useRef<{ node: string; pulses: Pulses }>({ node, pulses: new Map() });
  const before = held.current.node === node ? held.current.pulses : new Map();
  const pulses = pulsed(before, new Map(tiles.map((tile) => [tile.key, tile.state === 'live' ? tile.measures.conversions : null])), now);
  held.current = { node, pulses };
  return (key) => (reduced ? 0 : pulses.get(key)?.ring ?? 0);
}
