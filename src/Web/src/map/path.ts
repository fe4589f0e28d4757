import type { Localized } from '../api/types';
import { levelOf, provinceCodeOf, provinceNode } from './view';

/** What has been seen of a node. */
export interface Known {
  readonly name: Localized | null;
  readonly parent: string | null;
  readonly province: number | null;
}

/** From the top down. A province is a step of its own only where it has more than one branch. */
export function wayTo(root: string, node: string, known: ReadonlyMap<string, Known>): string[] {
  const way = [node];
  let at = node;
  while (at !== root && levelOf(at) !== 'hq' && way.length < 5) {
    const { parent, province } = known.get(at) ?? { parent: null, province: null };
    const siblings = province === null ? 0 : [...known.values()].filter((each) => each.province === province).length;
    const up = provinceCodeOf(at) !== null || parent === null ? 'hq' : levelOf(at) === 'branch' && siblings > 1 && province !== null ? provinceNode(province) : parent;
    if (up === 'hq' && root !== 'hq') {
      break;
    }
    way.unshift(up);
    at = up;
  }
  return way[0] === root ? way : [root, ...way];
}
