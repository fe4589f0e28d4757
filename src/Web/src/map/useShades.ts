import { useRef } from 'react';
import { kindOf, valueOf, type MeasureId } from './measures';
import { scaleFor, stepOf, type Scale } from './ramp';
import type { TileModel } from './tileModel';

export interface Shades {
  readonly scale: Scale;
  readonly stepOf: (key: string) => number;
}

interface Held {
  readonly of: string;
  readonly scale: Scale;
  readonly steps: ReadonlyMap<string, number>;
}

/** The step of each tile. Scale and steps are held against flicker for as long as the same thing is looked at. */
export function useShades(tiles: readonly TileModel[], node: string, measure: MeasureId): Shades {
  const held = useRef<Held | null>(null);
  const of = `${node} ${measure}`;
  const before = held.current?.of === of ? held.current : null;
  const values = tiles.flatMap((tile) => {
    const value = tile.state === 'live' || tile.state === 'late' ? valueOf(measure, tile.measures) : null;
    return value === null ? [] : [[tile.key, value] as const];
  });
  const scale = scaleFor(kindOf[measure], Math.max(0, ...values.map(([, value]) => Math.abs(value))), before?.scale);
  const same = scale === before?.scale;
  const steps = new Map(values.map(([key, value]) => [key, stepOf(value, scale, same ? before.steps.get(key) : undefined)]));
  held.current = { of, scale, steps };
  return { scale, stepOf: (key) => steps.get(key) ?? 1 };
}
