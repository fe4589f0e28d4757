import type { CatalogueWords } from './catalogue.zh';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Words of the catalogue page, in English. */
export const catalogueEn: CatalogueWords = {
  documents: { catalogue: 'Catalogue', organisation: 'Organisation' },
  choose: 'Document',
  editorLabel: (document) => `Text of the ${document.toLowerCase()}`,
  outline: 'Outline',
  sections: {
    tiers: 'Tiers', metrics: 'Metrics', segments: 'Segments', campaigns: 'Campaigns', policy: 'Policy', experiments: 'Experiments', holdout: 'Holdout', sharing: 'Sharing', branches: 'Branches', defaults: 'Defaults',
  },
  draft: 'Draft', published: 'Text',
  basedOn: (version) => (version === 0 ? 'nothing published yet' : `on version ${version}`),
  changes: (count) => (count === 0 ? 'no changes' : plural(count, 'change', 'changes')),
  saved: (time) => `kept at ${time}`,
  errors: (count) => plural(count, 'error', 'errors'),
  discard: 'Discard changes',
  preview: 'Preview', publish: 'Publish',
  whyNot: {
    role: 'Only HQ admins change and publish', errors: (count) => `Mend ${plural(count, 'error', 'errors')} to publish`, unchecked: 'Checking…', checkFailed: 'Cannot be checked now', same: 'No changes', busy: 'Publishing…',
  },
  did: {
    published: (version) => `Version ${version} is published`, later: (version) => `Version ${version} is taken, and in force once it is computed or approved by a second person`,
    failed: (detail) => `Not published: ${detail}`, unreachable: 'The engine cannot be reached; nothing was published',
    stale: (version) => `Somebody published a newer version while you were writing. Your draft, based on version ${version}, was not published, and is not lost.`, rebase: 'Go on from the newest version', compare: 'Compare the newest with the draft',
  },
  status: (line, column) => `Line ${line}, column ${column}`,
  typing: 'checked when you pause', good: 'no errors', goneWrong: (count) => plural(count, 'error', 'errors'),
  keys: { next: 'Next error', complete: 'Complete', mend: 'Mend', preview: 'Preview', leave: 'Leave the text', edit: 'To the text', publish: 'Publish' },
  mendTo: (name) => `make it ${name}`,
  previewTitle: 'Preview: who comes and goes', previewNone: 'Ctrl P previews who would enter and leave each segment',
  previewAt: (time) => `of the text at ${time}`, previewOld: 'the text has changed since', previewBusy: 'Counting…', previewFailed: 'The preview was not finished', previewWrong: 'The text has errors; nothing was counted',
  previewLabel: 'Members now, members then, entering and leaving, by segment',
  columns: { segment: 'Segment', now: 'Now', would: 'Then', enter: 'Enter', leave: 'Leave', tier: 'Tier', clients: 'Clients' },
  fresh: 'new', noneMoves: 'Nobody comes or goes', tiers: 'Moves between tiers', noTier: '(none)',
  ids: (count, segment, enter) => `${enter ? '+' : '−'}${count} ${enter ? 'enter' : 'leave'} ${segment}`,
  previewNote: 'Counts and ids only. Whom a publish brings in or takes out triggers no campaign, unless it says onPublish.',
  versions: 'Versions', noVersions: 'Nothing published yet', inForce: 'in force', compareWith: (version) => `compare with ${version}`, seeChanges: 'see changes', closeDifference: 'Back to the text', versionRow: (when) => `published ${when}`,
  more: 'Older versions', versionTitle: (version) => (version === 0 ? 'Empty document' : `Version ${version}`),
  rollout: 'Roll-out', rolledOut: (done, clients) => `${done} of ${clients} clients`, complete: 'every client is under it', shard: (shard, percent) => `Shard ${shard}: ${percent}%`,
  pilots: 'Pilots', everywhere: 'everywhere', noPilots: 'No campaigns', pilotsLabel: 'Where each campaign runs, and for how many', columnsPilot: { campaign: 'Campaign', where: 'Where', percent: 'Share' },
  failed: (what, time) => `${what} could not be read since ${time}`,
  kinds: { event: 'event', segments: 'segment', experiments: 'experiment', metrics: 'metric', window: 'window' },
  phrases: {},
  meaning: {
    'client.id': 'The client’s id', 'client.outlet': 'Id of the outlet, "" where unknown', 'client.branch': 'Id of the branch, "" where unknown', 'client.advisor': 'Id of the advisor, "" where none', 'client.channel': 'How the account was opened: online, outlet, referral',
    'client.tier': 'The last tier whose bound is not above the assets', 'client.assets': 'Total assets, yuan', 'client.age': 'Whole years, Shanghai date; 0 where unknown', 'client.risk': 'Risk level 1–5; 0 where unknown', 'client.riskValid': 'Assessed, and not expired',
    'client.opened': 'When the account was opened', 'client.tags': 'Tags', 'client.consents': 'Channels granted. automation counts unless refused, the others only if granted. "phone" in client.consents', 'client.contracts': 'Products of running contracts, each once, sorted',
    'client.status': 'State of the account, "active" unless an event said otherwise', 'client.holdings': 'Symbol to quantity', 'metric.count': 'How many in the window', 'metric.sum': 'Sum of the values in the window', 'metric.max': 'Greatest value in the window, 0.0 where none', 'metric.within': 'Any in the window?',
    'metric.ever': 'Any at all?', 'metric.last': 'When the last was; 1970 where never', 'event.type': 'Type of the event', 'event.time': 'Time of the event', 'event.data': 'What the event says; numbers are double',
    now: 'The engine’s clock. Compare it with instants, or ask for year to hour', inSegment: 'In another segment? Cycles are refused', duration: 'A span of time, such as duration("24h")', has: 'Is the field there?', size: 'Length',
    trades: 'Trades; value: amount', buys: 'Buys', sells: 'Sells', commissions: 'Commissions', deposits: 'Money in', withdrawals: 'Money out; value: absolute amount', visits: 'Visits to the app', contacts: 'Contacts', fees: 'Advisory fees',
    'key.when': 'A member while this holds', 'key.stay': 'Who is a member stays while this holds; default: when', 'key.trigger': 'A segment entered or left, an event, or every day', 'key.cooldown': 'Between two of this campaign for a client', 'key.expires': 'How long the prompt lives', 'key.desks': 'Desks that it may go to',
    'key.rollout': 'Pilots: branches and percent', 'key.onPublish': 'Triggers for those whom a publish brings in too', 'key.fourEyes': 'A publish needs a second person', 'key.backfill': 'Computed over the log before it takes effect', 'key.channel': 'The consent that it needs', 'key.goal': 'What counts as success',
  },
};
