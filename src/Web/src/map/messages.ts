import type { Localized } from '../api/types';
import { unknownMeasures, type Measures } from './measures';
import type { CountName, MapView, Part } from './view';

/** What the engine says of a node. What it does not know it leaves out. */
export interface MapChild {
  node: string;
  name?: Localized;
  province?: number;
  at?: string;
  late: boolean;
  ageMs?: number;
  measures?: Measures;
  surges?: CountName[];
}

export interface MapSnapshot extends MapChild {
  parent?: string;
  parts: { total: number; late: number };
  children: MapChild[];
}

/** The node itself is whole; of its children only those that changed, unless `snapshot`. */
export interface MapDelta extends MapChild {
  snapshot?: true;
  parts: { total: number; late: number };
  children: MapChild[];
}

export interface MapEnded {
  node: string;
  code: string;
}

/** `now` is the screen's clock: ages go on from it while nothing is heard. */
export function received(message: MapSnapshot, now: number): MapView {
  return {
    self: partOf(message, now),
    parent: message.parent ?? null,
    system: message.parts,
    parts: new Map(message.children.map((child) => [child.node, partOf(child, now)])),
  };
}

export function merged(view: MapView, delta: MapDelta, now: number): MapView {
  const self = { ...partOf(delta, now), name: delta.name ?? view.self.name, province: delta.province ?? view.self.province };
  const parts = new Map(delta.snapshot === true ? [] : view.parts);
  delta.children.forEach((child) => parts.set(child.node, partOf(child, now)));
  return { self, parent: view.parent, system: delta.parts, parts: delta.children.length === 0 && delta.snapshot !== true ? view.parts : parts };
}

function partOf(child: MapChild, now: number): Part {
  return {
    node: child.node,
    name: child.name ?? null,
    province: child.province ?? null,
    at: child.at === undefined ? null : Date.parse(child.at),
    heardAt: child.ageMs === undefined ? (child.at === undefined ? null : now) : now - child.ageMs,
    late: child.late,
    measures: child.measures === undefined ? unknownMeasures : { ...unknownMeasures, ...child.measures },
    surges: child.surges ?? [],
  };
}
