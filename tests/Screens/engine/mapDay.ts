import { MapStage, type StageNode } from './mapStage';

/** 8 October 2024, the opening after the holiday, as a day on the stage: invented figures, Shanghai's time. */
export const dayAt = '2024-10-08T01:31:24Z';

const perSecond: readonly (readonly [province: number, id: string, zh: string, en: string, eventsPerSecond: number])[] = [
  [230000, 'hlj', '黑龙江分公司', 'Heilongjiang', 176], [150000, 'nmg', '内蒙古分公司', 'Inner Mongolia', 96], [110000, 'bj', '北京分公司', 'Beijing', 1271],
  [220000, 'jl', '吉林分公司', 'Jilin', 141], [650000, 'xj', '新疆分公司', 'Xinjiang', 58], [640000, 'nx', '宁夏分公司', 'Ningxia', 31],
  [140000, 'sx', '山西分公司', 'Shanxi', 203], [130000, 'heb', '河北分公司', 'Hebei', 377], [120000, 'tj', '天津分公司', 'Tianjin', 229],
  [210000, 'ln', '辽宁分公司', 'Liaoning', 362], [630000, 'qh', '青海分公司', 'Qinghai', 19], [620000, 'gs', '甘肃分公司', 'Gansu', 71],
  [610000, 'sn', '陕西分公司', 'Shaanxi', 318], [410000, 'hen', '河南分公司', 'Henan', 518], [370000, 'sd', '山东分公司', 'Shandong', 824],
  [540000, 'xz', '西藏分公司', 'Xizang', 12], [510000, 'sc', '四川分公司', 'Sichuan', 702], [500000, 'cq', '重庆分公司', 'Chongqing', 334],
  [420000, 'hb', '湖北分公司', 'Hubei', 588], [340000, 'ah', '安徽分公司', 'Anhui', 405], [320000, 'js', '江苏分公司', 'Jiangsu', 1402],
  [310000, 'sh', '华东分公司', 'East China', 1655], [530000, 'yn', '云南分公司', 'Yunnan', 188], [520000, 'gz', '贵州分公司', 'Guizhou', 122],
  [430000, 'hun', '湖南分公司', 'Hunan', 472], [360000, 'jx', '江西分公司', 'Jiangxi', 301], [330000, 'zj', '浙江分公司', 'Zhejiang', 1318],
  [450000, 'gx', '广西分公司', 'Guangxi', 214], [440000, 'hn', '华南分公司', 'South China', 1586], [440000, 'sz', '深圳分公司', 'Shenzhen', 900],
  [350000, 'fj', '福建分公司', 'Fujian', 561], [460000, 'hi', '海南分公司', 'Hainan', 84],
];

/** Anything that is the same every time, between 0 and 1. */
const chance = (seed: number): number => (Math.sin(seed * 12.9898) * 43758.5453) % 1 / 2 + 0.5;

export function measuresOf(eventsPerSecond: number, seed: number): Record<string, number> {
  const raised = Math.round(eventsPerSecond * (1.1 + chance(seed)));
  return {
    clients: Math.round(eventsPerSecond * 41), events: Math.round(eventsPerSecond * 5210), eventsPerSecond,
    promptsOpen: Math.round(eventsPerSecond * (0.5 + chance(seed + 1) / 3)), promptsRaised: raised,
    accepted: Math.round(raised * (0.4 + chance(seed + 2) / 3)), conversions: Math.round(eventsPerSecond * 0.09),
    accountsOpened: Math.round(eventsPerSecond * (0.6 + chance(seed + 3) / 8)), netInflow: Math.round(eventsPerSecond * 48_000 * (chance(seed + 4) - 0.25)),
    contracts: Math.round(eventsPerSecond * 3), signedAssets: Math.round(eventsPerSecond * 610_000),
  };
}

const sumOf = (children: readonly StageNode[]): Record<string, number> => {
  const sum: Record<string, number> = {};
  children.forEach(({ measures }) => Object.entries(measures ?? {}).forEach(([key, value]) => { sum[key] = (sum[key] ?? 0) + Number(value); }));
  return sum;
};

export interface DayOptions {
  readonly late?: boolean;
  readonly surge?: boolean;
}

/** The whole country on the stage, with one branch, one of its outlets and one advisor below it. */
export function mapDay({ late = false, surge = false }: DayOptions = {}): MapStage {
  const stage = new MapStage(dayAt);
  const branches: StageNode[] = perSecond.map(([province, id, zh, en, rate], index) => {
    const node = { node: `branch:${id}`, name: { zh, en }, province, at: dayAt, ageMs: 120, late: false, measures: measuresOf(rate, index) };
    if (late && id === 'xz') {
      return { node: node.node, name: node.name, province, late: true };
    }
    const old = late && (id === 'xj' || id === 'qh');
    return { ...node, ...(old ? { late: true, ageMs: 42_000, at: '2024-10-08T01:30:42Z' } : {}), ...(surge && rate > 1200 ? { surges: ['accountsOpened'] } : {}) };
  });
  const outlets: StageNode[] = ['天河', '越秀', '海珠', '番禺', '白云', '佛山南海', '佛山顺德', '东莞南城', '珠海', '中山', '惠州', '汕头'].map((zh, index) => ({
    node: `outlet:hn-${String(index + 1).padStart(3, '0')}`, name: { zh: `${zh}营业部`, en: `Outlet ${index + 1}` }, at: dayAt, ageMs: 90,
    measures: measuresOf(Math.round(310 * chance(index + 3)) + 4, index),
  }));
  const advisors: StageNode[] = ['林静怡', '陈嘉豪', '黄文博', '梁婉仪', '何俊杰', '吴思敏', '郑伟明', '谢晓峰', '罗紫晴'].map((name, index) => ({
    node: `advisor:a-${1001 + index}`, name: { zh: name, en: name }, at: dayAt, ageMs: 90, measures: measuresOf(Math.round(chance(index) * 90) / 10 + 0.4, index),
  }));
  stage.put({ node: 'hq', name: { zh: '全国', en: 'All China' }, late, measures: sumOf(branches), children: branches, ...(surge ? { surges: ['accountsOpened', 'events'] } : {}) });
  stage.put({ ...branches.find(({ node }) => node === 'branch:hn') ?? outlets[0]!, parent: 'hq', children: outlets });
  stage.put({ ...branches.find(({ node }) => node === 'branch:sz') ?? outlets[0]!, parent: 'hq', children: [] });
  stage.put({ ...outlets[0]!, parent: 'branch:hn', children: [...advisors, { node: 'none', at: dayAt, ageMs: 90, measures: measuresOf(3.1, 40) }] });
  advisors.forEach((advisor) => stage.put({ ...advisor, parent: 'outlet:hn-001' }));
  stage.parts = { total: 32, late: late ? 1 : 0 };
  stage.history = (node) => historyOf(node, Number(allNodes([...branches, ...outlets, ...advisors]).get(node) ?? (node === 'hq' ? 15_449 : 5)), surge);
  stage.segments = Object.entries(segments).map(([id, [zh, en]]) => ({ id, name: { zh, en }, members: 0 }));
  stage.flows = (node) => (node === 'hq' ? flows : flows.slice(0, 5).map((flow) => ({ ...flow, clients: Math.round(Number(flow['clients']) / 40) })));
  return stage;
}

const allNodes = (nodes: readonly StageNode[]) => new Map(nodes.map(({ node, measures }) => [node, measures?.['eventsPerSecond']]));

function historyOf(node: string, rate: number, surge: boolean): Record<string, unknown> {
  const seed = [...node].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const last = Date.parse('2024-10-08T01:31:00Z');
  const minutes = Array.from({ length: 16 }, (_, index) => {
    const rise = 0.25 + 0.75 * Math.max(0, (index - 7) / 8);
    const wobble = 0.94 + chance(seed + index) * 0.12;
    const of = (size: number, partial: boolean) => Math.round(size * rise * wobble * (partial ? 0.4 : 1));
    const partial = index === 15;
    const usual = rate * (0.16 + index * 0.004);
    return {
      minute: new Date(last - (15 - index) * 60_000).toISOString(), ...(partial ? { partial: true } : {}),
      measures: {
        events: of(rate * 60, partial), eventsPerSecond: Math.round(rate * rise * wobble * 10) / 10, promptsRaised: of(rate * 0.02, partial), accepted: of(rate * 0.01, partial),
        conversions: of(rate * 0.004, partial), accountsOpened: of(rate / 12, partial), netInflow: of(rate * 2_000 * (chance(seed + index * 3) - 0.3), partial),
      },
      median: {
        events: Math.round(usual * 60), eventsPerSecond: Math.round(usual), promptsRaised: Math.round(usual * 0.02), accepted: Math.round(usual * 0.01),
        conversions: Math.round(usual * 0.004), accountsOpened: Math.round(usual / 20), netInflow: Math.round(usual * 500),
      },
      ...(surge && index >= 8 ? { surges: ['accountsOpened', 'events', 'eventsPerSecond'] } : {}),
    };
  });
  return { node, at: dayAt, items: minutes };
}

const segments: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  dormant: ['沉睡', 'Dormant'], new: ['新开户', 'New'], mass: ['大众', 'Mass'], affluent: ['富裕', 'Affluent'], advised: ['投顾', 'Advised'],
  active: ['活跃', 'Active'], funded: ['已入金', 'Funded'], unfunded: ['未入金', 'Not funded'], leaving: ['资金流出', 'Money leaving'],
};

const flows: Record<string, unknown>[] = [
  { from: 'dormant', to: 'active', clients: 8412 }, { from: 'new', to: 'funded', clients: 6230 }, { from: 'new', to: 'unfunded', clients: 3981 },
  { from: 'mass', to: 'affluent', clients: 2874 }, { from: 'affluent', to: 'advised', clients: 1146 }, { from: 'dormant', to: 'leaving', clients: 640 },
  { from: 'mass', to: 'leaving', clients: 418 }, { from: 'affluent', to: 'leaving', clients: 205 }, { from: 'advised', to: 'leaving', clients: 312 },
  { from: null, to: 'new', clients: 1284 },
];
