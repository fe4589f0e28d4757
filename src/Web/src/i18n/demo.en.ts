import type { DemoWords } from './demo.zh';

export const demoEn: DemoWords = {
  what: 'A real market day played in three minutes, over and over. Index and prices are published daily bars; clients, holdings and trades are invented.',
  none: 'This engine has no demo.',
  failed: (time) => `not read since ${time}`,
  playing: 'playing', paused: 'paused',
  marketTime: 'Market time', pause: 'Pause', resume: 'Go on', step: 'On by a minute', slower: 'Slower', faster: 'Faster', speed: 'Speed',
  keys: { pause: 'Pause the demo', resume: 'Let the demo go on', step: 'Demo on by a minute', slower: 'Demo slower', faster: 'Demo faster' },
  times: (speed) => `${speed}×`,
  day: 'Trading day', days: 'Trading days played', index: 'SSE Composite', change: 'Change',
  clients: 'Clients', sent: 'Events taken in', rate: 'Events a second',
  people: 'See it as somebody else', peopleNote: 'One click signs in as this person',
};
