import { useMemo } from 'react';
import { countOf, lineOf, type MapHistory } from './history';
import type { MeasureId } from './measures';
import type { TileModel } from './tileModel';
import { useReadings } from './useReadings';
import { noNode } from './view';

type Values = readonly (number | null)[];

/** More lines than that nobody reads, and each is a request. */
const linesMax = 64;

/** The last minutes of each tile and of each node behind it, once a minute. */
export function useLines(tiles: readonly TileModel[], measure: MeasureId, stamp: unknown): { byTile: ReadonlyMap<string, Values>; byNode: ReadonlyMap<string, Values> } {
  const nodes = tiles.flatMap((tile) => tile.nodes).filter((node) => node !== noNode).slice(0, linesMax).join('\n');
  const paths = useMemo(() => (nodes === '' ? [] : nodes.split('\n').map(pathOf)), [nodes]);
  const { values } = useReadings<MapHistory>(paths, stamp);
  const shape = tiles.map((tile) => `${tile.key} ${tile.nodes.join()}`).join('\n');
  return useMemo(() => {
    const line = (of: readonly string[]): Values | null => {
      const histories = of.flatMap((node) => values.get(pathOf(node)) ?? []);
      return histories.length === of.length && of.length > 0 ? lineOf(histories, countOf[measure]).today : null;
    };
    const lines = (keyed: readonly (readonly [string, readonly string[]])[]) =>
      new Map(keyed.flatMap(([key, of]) => {
        const found = line(of);
        return found === null ? [] : [[key, found] as const];
      }));
    return { byTile: lines(tiles.map((tile) => [tile.key, tile.nodes])), byNode: lines(tiles.flatMap((tile) => tile.nodes.map((node) => [node, [node]] as const))) };
  }, [values, measure, shape]);
}

const pathOf = (node: string): string => `/v1/map/${node}/history?minutes=16`;
