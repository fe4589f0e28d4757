import type { Language } from '../settings/settings';

const zone = 'Asia/Shanghai';
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export interface Formats {
  /** Yuan to the fen: 736,412.08. */
  money(yuan: number): string;
  /** Yuan, short: 73.6万, 1.2亿, 736K. */
  moneyShort(yuan: number): string;
  /** Yuan, short, before the word for yuan in a sentence: 73.6 万, 736K. */
  moneySentence(yuan: number): string;
  /** Yuan, three figures at most: 4970万, 47.1m. */
  moneyTile(yuan: number): string;
  /** Yuan in a column whose head names the unit: 万元 in Chinese, short in English. */
  moneyColumn(yuan: number): string;
  /** Whole yuan: 1,944. */
  yuan(yuan: number): string;
  number(value: number): string;
  percent(share: number): string;
  /** 61.3%. */
  percentTenth(share: number): string;
  /** 6.22%. */
  percentHundredth(share: number): string;
  /** One decimal: 412.6. */
  tenth(value: number): string;
  /** Hour and minute, Shanghai: 09:31. */
  minute(ms: number): string;
  /** The time of day, Shanghai: 09:31:24. */
  clock(ms: number): string;
  /** The time of day for today, the day for this year, otherwise the date. */
  when(iso: string, now: number): string;
  /** Day and time of what is to come: 10-10 09:30, or 09:30 for today. */
  until(iso: string, now: number): string;
  date(iso: string): string;
  /** One unit: 33 秒, 4 分, 2 时, 3 天, 4 min. */
  age(ms: number): string;
}

const units = {
  zh: { second: '秒', minute: '分', hour: '时', day: '天' },
  en: { second: 's', minute: 'min', hour: 'h', day: 'd' },
} as const;

function build(language: Language): Formats {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const fen = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1, useGrouping: true });
  const three = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 });
  const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const shareTenth = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const shareHundredth = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const hourMinute = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const unit = units[language];

  const age = (ms: number): string => {
    const elapsed = Math.max(0, ms);
    const [size, name] = elapsed < minute ? [second, unit.second] : elapsed < hour ? [minute, unit.minute] : elapsed < day ? [hour, unit.hour] : [day, unit.day];
    return `${Math.floor(elapsed / size)} ${name}`;
  };
  const dayOf = (ms: number, now: number): string => {
    const written = date.format(ms);
    return written.slice(0, 4) === date.format(now).slice(0, 4) ? written.slice(5) : written;
  };
  const today = (ms: number, now: number): boolean => date.format(ms) === date.format(now);

  const written = (style: Intl.NumberFormat) => (value: number): string => style.format(value).replace('-', '−');
  const moneyShort = written(short);

  return {
    money: written(fen),
    moneyShort,
    moneySentence: (yuan) => moneyShort(yuan).replace(/(?<=\d)(?=\p{Script=Han})/u, ' '),
    moneyTile: written(three),
    moneyColumn: (yuan) => (language === 'zh' ? written(tenth)(yuan / 10_000) : moneyShort(yuan)),
    yuan: written(whole),
    number: written(plain),
    percent: written(share),
    percentTenth: written(shareTenth),
    percentHundredth: written(shareHundredth),
    tenth: written(tenth),
    minute: (ms) => hourMinute.format(ms),
    clock: (ms) => clock.format(ms),
    when: (iso, now) => (today(Date.parse(iso), now) ? clock.format(Date.parse(iso)) : dayOf(Date.parse(iso), now)),
    until: (iso, now) => `${today(Date.parse(iso), now) ? '' : `${dayOf(Date.parse(iso), now)} `}${hourMinute.format(Date.parse(iso))}`,
    date: (iso) => date.format(Date.parse(iso)),
    age,
  };
}

const formats: Record<Language, Formats> = { zh: build('zh'), en: build('en') };

export const formatsFor = (language: Language): Formats => formats[language];
