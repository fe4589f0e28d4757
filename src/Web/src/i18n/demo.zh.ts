/** Words of the demo's page and keys, in Chinese. `demo.en.ts` has the same shape. */
export const demoZh = {
  what: '一个真实行情日压缩为三分钟，反复播放。指数与行情为公开日线，客户、持仓与交易均为虚构。',
  none: '此引擎没有演示。',
  failed: (time: string) => `读取失败，自 ${time}`,
  playing: '播放中', paused: '已暂停',
  marketTime: '市场时间', pause: '暂停', resume: '继续', step: '前进一分钟', slower: '减速', faster: '加速', speed: '速度',
  keys: { pause: '暂停演示', resume: '继续演示', step: '演示前进一分钟', slower: '演示减速', faster: '演示加速' },
  times: (speed: string) => `${speed} 倍`,
  day: '交易日', days: '播放的交易日', index: '上证综指', change: '较前日',
  clients: '客户', sent: '已接收事件', rate: '每秒事件',
  people: '换一个人看', peopleNote: '点一个人即以其身份登录',
};

export type DemoWords = typeof demoZh;
