/** The counts of one node of the organisation, as the engine gives them. Null: not known. */
export interface Measures {
  readonly clients: number | null;
  readonly events: number | null;
  readonly eventsPerSecond: number | null;
  readonly promptsOpen: number | null;
  readonly promptsRaised: number | null;
  readonly accepted: number | null;
  readonly conversions: number | null;
  readonly accountsOpened: number | null;
  readonly netInflow: number | null;
  readonly contracts: number | null;
  readonly signedAssets: number | null;
}

/** What the map is coloured by, in the order of the keys 1 to 6. */
export const measureIds = ['events', 'open', 'accepted', 'conversions', 'opened', 'inflow'] as const;
export type MeasureId = (typeof measureIds)[number];

export type Kind = 'rate' | 'count' | 'share' | 'money';

export const kindOf: Readonly<Record<MeasureId, Kind>> = {
  events: 'rate', open: 'count', accepted: 'share', conversions: 'count', opened: 'count', inflow: 'money',
};

/** Null stands for "not known", which is never shown as 0. Of no prompts raised there is no accepted share. */
export function valueOf(id: MeasureId, of: Measures): number | null {
  switch (id) {
    case 'events': return of.eventsPerSecond;
    case 'open': return of.promptsOpen;
    case 'accepted': return of.promptsRaised === null || of.accepted === null || of.promptsRaised === 0 ? null : of.accepted / of.promptsRaised;
    case 'conversions': return of.conversions;
    case 'opened': return of.accountsOpened;
    case 'inflow': return of.netInflow;
  }
}

export const isMeasureId = (text: string | null): text is MeasureId => measureIds.some((id) => id === text);

const keys = [
  'clients', 'events', 'eventsPerSecond', 'promptsOpen', 'promptsRaised', 'accepted', 'conversions', 'accountsOpened', 'netInflow',
  'contracts', 'signedAssets',
] as const satisfies readonly (keyof Measures)[];

export const unknownMeasures: Measures = Object.fromEntries(keys.map((key) => [key, null])) as unknown as Measures;

/** The sum over nodes; a count that one of them does not know is not known of the whole either. */
export function sumOf(parts: readonly Measures[]): Measures {
  const total = (key: keyof Measures): number | null =>
    parts.reduce<number | null>((sum, part) => (sum === null || part[key] === null ? null : sum + part[key]), 0);
  return parts.length === 0 ? unknownMeasures : Object.fromEntries(keys.map((key) => [key, total(key)])) as unknown as Measures;
}
