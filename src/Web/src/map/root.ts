import type { Me } from '../api/types';

/** The highest node that this person may see. */
export function rootOf({ role, node, sub }: Me): string {
  switch (role) {
    case 'branch-manager':
    case 'outlet-manager':
      return node ?? 'hq';
    case 'advisor':
      return `advisor:${sub}`;
    default:
      return 'hq';
  }
}
