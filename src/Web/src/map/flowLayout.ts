export interface Flow {
  /** Null: from, or to, no segment. */
  readonly from: string | null;
  readonly to: string | null;
  readonly clients: number;
}

export interface FlowNode {
  readonly key: string;
  readonly clients: number;
  readonly y: number;
  readonly height: number;
}

export interface FlowBand {
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly clients: number;
  readonly y0: number;
  readonly y1: number;
  readonly height: number;
}

export interface FlowLayout {
  readonly left: readonly FlowNode[];
  readonly right: readonly FlowNode[];
  readonly bands: readonly FlowBand[];
}

/** Keys that no segment id can be. */
export const noSegment = '(none)';
export const otherSegments = '(other)';

/** A node is never lower than its label. */
const slot = 20;
const gap = 8;

/** Two columns, each by size from the top, with bands between them in proportion to the clients who moved. */
export function layoutFlows(flows: readonly Flow[], height: number): FlowLayout {
  const nodesMax = Math.max(2, Math.floor(height / (slot + gap)));
  const moved = merged(flows, nodesMax).filter((flow) => flow.clients > 0);
  if (moved.length === 0) {
    return { left: [], right: [], bands: [] };
  }
  const out = totals(moved, 'from');
  const into = totals(moved, 'to');
  const scale = Math.min(scaleOf(out, height), scaleOf(into, height));
  const left = stacked(out, scale, height);
  const right = stacked(besideSources(into, moved, out), scale, height);
  return { left, right, bands: bandsBetween(moved, left, right, scale) };
}

interface KeyedFlow {
  readonly from: string;
  readonly to: string;
  readonly clients: number;
}

/** The largest segments of each side by name, the rest as one. */
function merged(flows: readonly Flow[], nodesMax: number): KeyedFlow[] {
  const keyed = flows.map(({ from, to, clients }) => ({ from: from ?? noSegment, to: to ?? noSegment, clients }));
  const kept = (side: 'from' | 'to') => {
    const all = totals(keyed, side).map(([key]) => key);
    return new Set(all.length <= nodesMax ? all : all.slice(0, nodesMax - 1));
  };
  const from = kept('from');
  const to = kept('to');
  const sums = new Map<string, KeyedFlow>();
  for (const flow of keyed) {
    const key = { from: from.has(flow.from) ? flow.from : otherSegments, to: to.has(flow.to) ? flow.to : otherSegments };
    const id = `${key.from}\n${key.to}`;
    sums.set(id, { ...key, clients: (sums.get(id)?.clients ?? 0) + flow.clients });
  }
  return [...sums.values()];
}

function totals(flows: readonly KeyedFlow[], side: 'from' | 'to'): [key: string, clients: number][] {
  const sums = new Map<string, number>();
  flows.forEach((flow) => sums.set(flow[side], (sums.get(flow[side]) ?? 0) + flow.clients));
  return [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** The largest scale at which all nodes fit, those that are small at the height of their label. */
function scaleOf(sums: readonly [string, number][], height: number): number {
  let room = height - gap * (sums.length - 1);
  let clients = sums.reduce((sum, [, each]) => sum + each, 0);
  let scale = room / clients;
  for (const [, each] of sums.toReversed()) {
    if (each * scale >= slot) {
      break;
    }
    room -= slot;
    clients -= each;
    scale = clients === 0 ? scale : room / clients;
  }
  return scale;
}

/** In the order of where they come from on average: fewer bands cross. */
function besideSources(into: readonly [string, number][], flows: readonly KeyedFlow[], out: readonly [string, number][]): [string, number][] {
  const place = new Map(out.map(([key], index) => [key, index]));
  const mean = ([key, clients]: readonly [string, number]): number =>
    flows.filter((flow) => flow.to === key).reduce((sum, flow) => sum + flow.clients * (place.get(flow.from) ?? 0), 0) / clients;
  return [...into].sort((a, b) => mean(a) - mean(b));
}

function stacked(sums: readonly [string, number][], scale: number, height: number): FlowNode[] {
  const heights = sums.map(([, clients]) => clients * scale);
  const spare = (height - heights.reduce((sum, each) => sum + Math.max(each, slot), 0)) / Math.max(1, sums.length - 1);
  let top = 0;
  return sums.map(([key, clients], index) => {
    const own = heights[index] ?? 0;
    const room = Math.max(own, slot);
    const node = { key, clients, y: top + (room - own) / 2, height: own };
    top += room + spare;
    return node;
  });
}

function bandsBetween(flows: readonly KeyedFlow[], left: readonly FlowNode[], right: readonly FlowNode[], scale: number): FlowBand[] {
  const leftTop = new Map(left.map((node) => [node.key, node.y]));
  const rightTop = new Map(right.map((node) => [node.key, node.y]));
  const bands: FlowBand[] = [];
  for (const from of left) {
    for (const to of right) {
      const flow = flows.find((each) => each.from === from.key && each.to === to.key);
      if (flow !== undefined) {
        const height = flow.clients * scale;
        const y0 = leftTop.get(from.key) ?? 0;
        const y1 = rightTop.get(to.key) ?? 0;
        leftTop.set(from.key, y0 + height);
        rightTop.set(to.key, y1 + height);
        bands.push({ from, to, clients: flow.clients, y0, y1, height });
      }
    }
  }
  return bands;
}
