import type { DocumentName } from './documents';

/** What may stand under a key: fields of a mapping, a choice of words, or nothing known. */
export interface Shape {
  readonly fields?: Readonly<Record<string, Shape>>;
  readonly words?: readonly string[];
  /** The value is an id of this section of the same document. */
  readonly idsOf?: 'segments' | 'experiments' | 'metrics';
  readonly expression?: true;
  readonly event?: true;
}

export const eventTypes = [
  'account.opened', 'profile.changed', 'account.closed', 'status.changed', 'risk.assessed', 'consent.changed', 'assets.valued', 'cash.moved', 'trade.executed',
  'holdings.valued', 'app.active', 'contact.made', 'contract.signed', 'contract.effective', 'contract.cancelled', 'contract.renewed', 'contract.ended', 'fee.charged', 'revenue.reversed',
] as const;

const any: Shape = {};
const expression: Shape = { expression: true };
const event: Shape = { event: true };
const flag: Shape = { words: ['true', 'false'] };
const name: Shape = { fields: { zh: any, en: any } };
const tier: Shape = { fields: { id: any, from: any } };
const arm: Shape = { fields: { id: any, weight: any } };

const catalogue: Shape = {
  fields: {
    tiers: { fields: { default: tier, overrides: any } },
    metrics: { fields: { id: any, on: event, where: expression, value: expression, backfill: flag } },
    segments: { fields: { id: any, name, when: expression, stay: expression } },
    campaigns: {
      fields: {
        id: any, name,
        trigger: { fields: { segment: { idsOf: 'segments' }, on: { words: ['enter', 'leave'] }, event, every: { words: ['"1d"'] }, at: any } },
        when: expression,
        offer: { fields: { kind: any, product: any, risk: { words: ['1', '2', '3', '4', '5'] }, licence: any, value: expression } },
        message: name, priority: expression, desks: { words: ['advisor', 'outlet', 'hq'] }, channel: { words: ['advisor', 'phone', 'sms', 'wecom', 'app'] },
        cooldown: any, expires: any, goal: { fields: { event, within: any } }, rollout: { fields: { branches: any, percent: any } }, experiment: { idsOf: 'experiments' }, onPublish: flag,
      },
    },
    policy: { fields: { cap: { fields: { perClient: any, per: any } }, quiet: { fields: { from: any, to: any } }, tradingDaysOnly: flag, fourEyes: flag } },
    experiments: { fields: { id: any, unit: { words: ['client', 'advisor', 'outlet'] }, arms: arm, seed: any, n: any, metrics: { fields: { id: any, on: event, value: any, kind: any, within: any } } } },
    holdout: { fields: { percent: any, seed: any } },
    sharing: { fields: { id: any, from: any, when: expression, basis: any, shares: { fields: { hq: any, branch: any, outlet: any, advisor: any } } } },
  },
};

const organisation: Shape = {
  fields: {
    branches: {
      fields: {
        id: any, name, province: any, mode: { words: ['linked', 'hq'] }, kpi: { words: ['share', 'empower'] },
        mandates: { fields: { id: any, scope: { words: ['tail', 'overflow'] }, channels: { words: ['assistant', 'wecom', 'desk'] }, from: any, until: any } },
        outlets: {
          fields: {
            id: any, name, advisorFrom: any, intensiveBelow: any,
            advisors: { fields: { id: any, name: any, capacity: any, status: { words: ['active', 'leave', 'left'] }, standIn: any, licences: any } },
          },
        },
      },
    },
    defaults: { fields: { advisorFrom: any, intensiveBelow: any, capacity: any } },
  },
};

export const schemas: Readonly<Record<DocumentName, Shape>> = { catalogue, organisation };

export function shapeAt(root: Shape, path: readonly string[]): Shape | undefined {
  return path.reduce<Shape | undefined>((shape, key) => shape?.fields?.[key], root);
}
