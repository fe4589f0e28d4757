import type { Me, Role } from '../api/types';

export type PlaceId = 'desk' | 'map' | 'experiments' | 'shares' | 'catalogue' | 'demo';

export interface Place {
  readonly id: PlaceId;
  readonly path: string;
  /** The letter after `G`. */
  readonly letter: string;
  readonly roles: readonly Role[];
  /** Its capability is not there yet: the place is kept, and says so. */
  readonly missing?: true;
  /** Only where the engine plays the demo. */
  readonly demo?: true;
}

const everybody: readonly Role[] = ['advisor', 'outlet-manager', 'branch-manager', 'hq-analyst', 'hq-operator', 'hq-admin', 'auditor'];
const headquarters: readonly Role[] = ['hq-analyst', 'hq-operator', 'hq-admin', 'auditor'];

/** The pages in the order of the bar. What a role may see on them the engine decides. */
export const places: readonly Place[] = [
  { id: 'desk', path: '/desk', letter: 'd', roles: ['advisor', 'outlet-manager', 'branch-manager', 'hq-operator', 'auditor'] },
  { id: 'map', path: '/map', letter: 'm', roles: ['outlet-manager', 'branch-manager', ...headquarters] },
  { id: 'experiments', path: '/experiments', letter: 'e', roles: headquarters, missing: true },
  { id: 'shares', path: '/shares', letter: 's', roles: ['branch-manager', ...headquarters], missing: true },
  { id: 'catalogue', path: '/catalogue', letter: 'c', roles: headquarters },
  { id: 'demo', path: '/demo', letter: 'p', roles: everybody, demo: true },
];

/** A desk of his own opens the page to everybody, whatever his role. */
export const placesOf = (me: Me): readonly Place[] => places.filter(({ id, roles, demo }) =>
  (demo === undefined || me.demo === true) && (roles.includes(me.role) || (id === 'desk' && me.desks.length > 0)));

/** Where somebody begins: the desk, or for those without one the first page that is theirs. */
export const firstOf = (me: Me): { readonly id: PlaceId; readonly path: string } => placesOf(me).find(({ missing }) => missing === undefined) ?? { id: 'desk', path: '/desk' };

export const homeOf = (me: Me): string => firstOf(me).path;
