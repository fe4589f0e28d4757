import type { TileModel } from './tileModel';

export type Direction = 'arrowup' | 'arrowdown' | 'arrowleft' | 'arrowright';

const steps: Readonly<Record<Direction, readonly [row: number, column: number]>> = {
  arrowup: [-1, 0], arrowdown: [1, 0], arrowleft: [0, -1], arrowright: [0, 1],
};

/** The tile that the eye would go to: the nearest in the direction, what stands askew counting as farther. */
export function neighbour(tiles: readonly TileModel[], from: TileModel, direction: Direction): TileModel {
  const [down, right] = steps[direction];
  let best = from;
  let least = Infinity;
  for (const tile of tiles) {
    const rows = tile.row - from.row;
    const columns = tile.column - from.column;
    const along = rows * down + columns * right;
    const askew = Math.abs(rows * right) + Math.abs(columns * down);
    const distance = along + 2 * askew;
    if (along > 0 && tile.state !== 'none' && distance < least) {
      best = tile;
      least = distance;
    }
  }
  return best;
}
