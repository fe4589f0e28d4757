import type { Localized } from '../api/types';
import type { Measures } from './measures';

/** What is counted minute by minute, and may surge. */
export type CountName = 'events' | 'eventsPerSecond' | 'promptsRaised' | 'accepted' | 'conversions' | 'accountsOpened' | 'netInflow';

/** One node as far as this screen has heard. */
export interface Part {
  readonly node: string;
  readonly name: Localized | null;
  /** Of a branch: GB/T 2260. */
  readonly province: number | null;
  /** As of when its counts are true, ms of the engine's clock; null: nothing was ever heard of it. */
  readonly at: number | null;
  /** When the engine last heard of it, ms of the screen's clock. */
  readonly heardAt: number | null;
  /** The engine says that this part is late or dead: its counts are the last known ones. */
  readonly late: boolean;
  readonly measures: Measures;
  readonly surges: readonly CountName[];
}

/** A node and what stands under it. */
export interface MapView {
  readonly self: Part;
  readonly parent: string | null;
  /** Parts of the system that the counts come from. */
  readonly system: { readonly total: number; readonly late: number };
  readonly parts: ReadonlyMap<string, Part>;
}

export type Level = 'hq' | 'province' | 'branch' | 'outlet' | 'advisor';

/** What belongs to no child: clients without an advisor, outlets that the organisation does not name. It cannot be opened. */
export const noNode = 'none';

/** `province:440000` is this screen's own word: the branches of one province, as the node `hq` tells of them. */
export function levelOf(node: string): Level | null {
  const [kind, id] = node.split(':');
  if (node === 'hq') {
    return 'hq';
  }
  return id !== undefined && id !== '' && (kind === 'province' || kind === 'branch' || kind === 'outlet' || kind === 'advisor') ? kind : null;
}

export const provinceNode = (code: number): string => `province:${code}`;

export function provinceCodeOf(node: string): number | null {
  const code = /^province:(\d{6})$/.exec(node)?.[1];
  return code === undefined ? null : Number(code);
}

/** What the engine is asked to watch for it. */
export const watchedFor = (node: string): string => (provinceCodeOf(node) === null ? node : 'hq');

export const idOf = (node: string): string => node.slice(node.indexOf(':') + 1);

export const nameIn = (language: 'zh' | 'en', name: Localized | null, node: string): string => name?.[language] || idOf(node);
