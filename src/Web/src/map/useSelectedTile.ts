import { useRef, useState } from 'react';
import type { TileModel } from './tileModel';

/** For as long as the page is open: where one was on each node, so that the way back leads to the same tile. */
const remembered = new Map<string, string>();

/** The tile that has the focus or last had it; at first the one that shows most. */
export function useSelectedTile(node: string, tiles: readonly TileModel[]): { readonly selected: TileModel | null; readonly select: (key: string) => void } {
  const [, redraw] = useState(0);
  const first = useRef<string | null>(null);
  const there = tiles.filter((tile) => tile.state !== 'none');
  const key = remembered.get(node) ?? first.current;
  const found = there.find((tile) => tile.key === key);
  const selected = found ?? there.filter((tile) => tile.opens !== null).reduce<TileModel | null>((best, tile) =>
    (best === null || (tile.measures.events ?? -1) > (best.measures.events ?? -1) ? tile : best), null);
  first.current ??= selected?.key ?? null;
  return {
    selected,
    select: (next) => {
      if (remembered.get(node) !== next) {
        remembered.set(node, next);
        redraw((count) => count + 1);
      }
    },
  };
}
