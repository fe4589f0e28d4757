/** What the API answers, as the screens read it. Times are RFC 3339 in UTC, money is yuan. */

export interface Localized {
  zh: string;
  en: string;
}

export type Role =
  | 'advisor' | 'outlet-manager' | 'branch-manager' | 'hq-analyst' | 'hq-operator' | 'hq-admin' | 'auditor' | 'ingest';

export interface Me {
  sub: string;
  role: Role;
  name?: string | Localized | null;
  node?: string | null;
  /** The desks that this person may open, his own first. */
  desks: string[];
  /** The engine's clock. Ages and snoozes follow it, not the clock of the computer. */
  now?: string;
  /** This engine plays the demo. */
  demo?: boolean;
}

export interface DemoPerson {
  sub: string;
  role: Role;
  name: Localized;
  desk?: string | null;
  node?: string | null;
}

export interface Because {
  expr: string;
  value: string | number | boolean;
}

/** `ended` is never sent: this screen's own word for one that ended while the connection was away. */
export type PromptState = 'open' | 'seen' | 'accepted' | 'snoozed' | 'done' | 'dismissed' | 'expired' | 'withdrawn' | 'ended';

export interface Prompt {
  id: string;
  seq: number;
  campaign: string;
  campaignName?: Localized | null;
  client: string;
  desk: string;
  priority: number;
  value: number;
  probability?: number | null;
  message: Localized;
  because: Because[];
  raisedAt: string;
  expiresAt: string;
  state: PromptState;
  by?: string | null;
  /** When a snoozed prompt comes back. */
  snoozedUntil?: string | null;
}

/** What the desk hub sends and answers. `from` is the last `seq` the receiver is taken to have. */
export interface DeskMessage {
  from: number;
  seq: number;
  snapshot?: boolean;
  /** The snapshot was cut: a desk of headquarters sends its first 1,000. */
  more?: boolean;
  prompts: Prompt[];
}

export interface Load {
  clients: number;
  /** Null or 0: the desk has no bound. */
  capacity?: number | null;
}

export type ActionName = 'seen' | 'accept' | 'dismiss' | 'snooze' | 'done' | 'undo';

export interface ActionRequest {
  actionId: string;
  action: ActionName;
  reason?: string;
  until?: string;
  outcome?: string;
}

export interface Contract {
  contract: string;
  product: string;
  assets: number;
  signedAt: string;
}

export interface Membership {
  id: string;
  since: string;
  because: Because[];
}

export interface Client {
  id: string;
  name?: string | null;
  phone?: string | null;
  outlet: string;
  branch: string;
  advisor: string;
  desk: string;
  status: string;
  channel: string;
  tier: string;
  assets: number;
  age: number;
  risk: number;
  riskValid: boolean;
  opened: string;
  tags: string[];
  consents: string[];
  contracts: Contract[];
  holdings: Record<string, number>;
  segments: Membership[];
  /** Segments that he is not in because their evaluation fails. */
  failed: { id: string; because: Because[] }[];
  position: number;
}

export interface ClientEvent {
  position: number;
  type: string;
  time: string;
  at: string;
  data: Record<string, unknown>;
}

export interface Decision {
  id: string;
  campaign: string;
  campaignName?: Localized | null;
  trigger: string;
  at: string;
  outcome: string;
  prompt?: string | null;
  because: Because[];
}

export interface DayAssets {
  date: string;
  assets: number;
  netFlow: number;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}
