import type { Kind } from './measures';

/** Lower bounds of the seven steps, ascending; the first is 0. */
export type Scale = readonly number[];

const fractions = [0, 0.05, 0.1, 0.2, 0.3, 0.6, 1];
const small: Scale = [0, 1, 2, 3, 4, 6, 8];
const shares: Scale = [0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8];

/** A value this close to a bound, as a part of it, does not make a tile change its step: it would flicker. */
const slack = 0.05;

/**
 * The scale for tiles of which `max` is the largest. A scale in use stays until the figures have clearly outgrown it, or
 * shrunk under it: a change of it changes every tile.
 */
export function scaleFor(kind: Kind, max: number, held?: Scale): Scale {
  if (kind === 'share') {
    return shares;
  }
  const heldTop = held?.at(-1);
  if (held !== undefined && heldTop !== undefined && max < 4 * heldTop && (max >= heldTop / 2 || held === small)) {
    return held;
  }
  const top = niceBelow(max);
  return top < 20 ? small : fractions.map((fraction) => (top <= 50 ? Math.ceil(fraction * top) : fraction * top));
}

/** The step, 1 to 7. `held` is the step that the tile shows now. */
export function stepOf(value: number, scale: Scale, held?: number): number {
  const raw = Math.max(1, scale.findLastIndex((bound) => Math.abs(value) >= bound) + 1);
  if (held === undefined || Math.abs(raw - held) !== 1) {
    return raw;
  }
  const bound = scale[Math.max(raw, held) - 1] ?? 0;
  return Math.abs(Math.abs(value) - bound) < slack * bound ? held : raw;
}

/** The largest of 1, 2, 5, 10, 20 … that is not above `value`. */
function niceBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1) * power;
}
