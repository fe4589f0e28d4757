/** The names of the language (contract, page 2). What each means stands in the dictionary under the same name. */
export const clientFields: Readonly<Record<string, string>> = {
  id: 'string', outlet: 'string', branch: 'string', advisor: 'string', channel: 'string', tier: 'string', assets: 'double', age: 'int', risk: 'int', riskValid: 'bool',
  opened: 'timestamp', tags: 'list(string)', consents: 'list(string)', contracts: 'list(string)', status: 'string', holdings: 'map(string, double)',
};

export const eventFields: Readonly<Record<string, string>> = {
  amount: 'double', symbol: 'string', side: 'string', quantity: 'double', price: 'double', product: 'string', commission: 'double', channel: 'string', outcome: 'string', page: 'string',
  contract: 'string', assets: 'double', level: 'double', status: 'string', total: 'double',
};

export const metricFunctions: Readonly<Record<string, string>> = {
  count: '(w) int', sum: '(w) double', max: '(w) double', within: '(w) bool', ever: '() bool', last: '() timestamp',
};

export const builtInMetrics = ['trades', 'buys', 'sells', 'commissions', 'deposits', 'withdrawals', 'visits', 'contacts', 'fees'] as const;

export const windows = ['1d', '7d', '30d', '90d', '400d', '1h', '24h', '48h', '15m', '60m', '5t', '20t', 'all'] as const;

export const words: Readonly<Record<string, string>> = {
  client: 'client', event: 'event', now: 'timestamp', inSegment: '("id") bool', duration: '("24h") duration', timestamp: '("…") timestamp', has: '(x.y) bool', size: '(x) int', true: 'bool', false: 'bool',
};

export const textFunctions: Readonly<Record<string, string>> = {
  contains: '(s) bool', startsWith: '(s) bool', endsWith: '(s) bool', matches: '(s) bool', size: '() int',
};
