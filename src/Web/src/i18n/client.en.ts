import type { ClientWords } from './client.zh';

/** Words of a client's own page, in English. */
export const clientEn: ClientWords = {
  unknown: (id) => `There is no client ${id}, or none whom you serve`,
  gone: (time) => `Your right ended at ${time}`,
  rights: 'Your role may not read clients.',
  now: 'As he is now', course: 'What happened, and why',
  back: 'Back',
  earlier: 'Earlier',
  shown: (count) => `${count} shown`,
  beginning: 'That is all',
  columns: { at: 'Time', what: 'What happened', campaign: 'Campaign', trigger: 'Trigger', outcome: 'Outcome', because: 'Because' },
  triggers: { enter: (segment) => `Entered ${segment}`, leave: (segment) => `Left ${segment}`, event: (name) => name, every: 'Daily' },
  typeNames: { 'trade.executed': 'Trade', 'cash.moved': 'Cash moved' },
  outcomes: {
    raised: 'Raised', quiet: 'Quiet hours: asked again when they end', blocked: 'Not raised: the account is not active', rollout: 'Not raised: outside the pilot', condition: 'Not raised: the extra condition does not hold',
    consent: 'Not raised: no consent to the channel, or to automation', suitability: 'Not raised: riskier than the client, or no valid assessment', holdout: 'Not raised: in the global holdout', control: 'Not raised: in the control arm',
    cooldown: 'Not raised: this campaign spoke too recently', cap: 'Not raised: the client has had his share', desk: 'Not raised: his desk does not take this campaign, or nobody there may act',
  },
  erase: {
    open: 'Erase personal data…', title: 'Erase personal data', all: 'Name, telephone and birthday are erased for ever: their key is destroyed. Trades, decisions and the audit trail stay, under the id alone.',
    type: (id) => `Type the id of the client, ${id}, to confirm`, do: 'Erase for ever', done: (time) => `Personal data erased at ${time}`,
    failed: 'Nothing was erased; try again', refused: 'You may not erase the personal data of this client',
  },
};
