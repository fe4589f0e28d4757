import { expect, test } from '@playwright/test';
import { becauseText } from '../../../src/Web/src/client/because';
import { reasonOf, shortened } from '../../../src/Web/src/desk/reason';
import { catalogueEn } from '../../../src/Web/src/i18n/catalogue.en';
import { clientEn } from '../../../src/Web/src/i18n/client.en';
import { demoEn } from '../../../src/Web/src/i18n/demo.en';
import { en } from '../../../src/Web/src/i18n/en';
import { formatsFor } from '../../../src/Web/src/i18n/format';
import { mapEn } from '../../../src/Web/src/i18n/map.en';
import { zh } from '../../../src/Web/src/i18n/zh';

const chinese = formatsFor('zh');
const english = formatsFor('en');
const now = Date.parse('2026-03-02T01:30:00Z');

test('Format_Money_IsInWanAndYiOrShort', () => {
  expect(chinese.moneyShort(736_412)).toBe('73.6万');
  expect(chinese.moneyShort(123_000_000)).toBe('1.2亿');
  expect(chinese.moneyColumn(736_412)).toBe('73.6');
  expect(chinese.money(-1_200_000)).toBe('−1,200,000.00');
  expect(english.money(0.1 + 0.2)).toBe('0.30');
});

test('Format_Time_IsShanghaisWhereverTheBrowserIs', () => {
  expect(chinese.clock(now)).toBe('09:30:00');
  expect(chinese.when('2026-03-01T16:00:00Z', now)).toBe('00:00:00');
  expect(chinese.when('2026-03-01T15:59:59Z', now)).toBe('03-01');
  expect(chinese.when('2025-12-31T15:00:00Z', now)).toBe('2025-12-31');
  expect(chinese.until('2026-03-04T01:30:00Z', now)).toBe('03-04 09:30');
});

test('Format_Age_IsOneUnitAndNeverNegative', () => {
  expect([-5, 59_999, 60_000, 3_599_999, 3_600_000, 90_000_000].map(chinese.age)).toEqual(['0 秒', '59 秒', '1 分', '59 分', '1 时', '1 天']);
  expect(english.age(60_000)).toBe('1 min');
});

for (const [message, strong] of [
  ['c-208417 已 30 天未交易', '30 天'],
  ['今日转出 120 万，占资产 62%', '120 万'],
  ['hn:7 paid out 1,200,000.50 yuan', '1,200,000.50'],
  ['买入 600519，资产 80 万元', '80 万元'],
  ['买入 600519', ''],
  ['久未联系', ''],
] as const) {
  test(`Reason_${message}_Stresses${strong}`, () => {
    const { before, strong: found, after } = reasonOf(message);
    expect(found).toBe(strong);
    expect(before + found + after).toBe(message);
  });
}

test('Reason_InARow_HasItsYuanShortAndItsSignAMinus', () => {
  expect(shortened('资金变动 -930,000 元，余下总资产 14,403,650.78 元', chinese)).toBe('资金变动 −93 万元，余下总资产 1,440.4 万元');
  expect(shortened('c-208417 moved -930,000 yuan, 5,437,837.58 yuan left, 900 yuan of it in 10 days', english)).toBe('c-208417 moved −930k yuan, 5.4m yuan left, 900 yuan of it in 10 days');
  expect(shortened('持有 12,000 股，差 50000 元，共 9,999 元', chinese)).toBe('持有 12,000 股，差 5 万元，共 9,999 元');
  expect(reasonOf('资金变动 -930,000 元，c-2084 还有')).toEqual({ before: '资金变动 ', strong: '−930,000 元', after: '，c-2084 还有' });
});

test('Words_English_HaveNoQuotationMarkThatAChineseFontDrawsWide', () => {
  const texts: string[] = [];
  const gather = (of: unknown): void => {
    if (typeof of === 'string' || typeof of === 'function') {
      texts.push(String(of));
    } else if (typeof of === 'object' && of !== null) {
      Object.values(of).forEach(gather);
    }
  };
  [en, mapEn, demoEn, clientEn, catalogueEn].forEach(gather);
  expect(texts.length).toBeGreaterThan(400);
  expect(texts.filter((text) => /[‘’“”]/u.test(text))).toEqual([]);
});

test('Because_KnownInputs_AreSaidInWords', () => {
  expect(becauseText({ expr: 'withdrawals.sum("1d") >= 500000.0', value: '1200000' }, zh, chinese)).toBe('今日转出合计 1,200,000 ≥ 500,000');
  expect(becauseText({ expr: 'trades.within("30d")', value: 'false' }, zh, chinese)).toBe('30 日内无交易');
  expect(becauseText({ expr: 'client.assets >= 500000.0', value: '736412.08' }, en, english)).toBe('assets 736,412.08 ≥ 500,000');
  expect(becauseText({ expr: 'client.riskValid', value: 'false' }, zh, chinese)).toBe('并非 风险测评有效');
  expect(becauseText({ expr: 'now - client.opened > duration("2160h")', value: 'now = 2026-03-02T01:30:00Z; client.opened = 2025-01-05T16:00:00Z' }, zh, chinese))
    .toBe('现在 − 开户 > 90 天（开户 2025-01-06）');
  expect(becauseText({ expr: 'now - event.time < duration("10m")', value: 'now = 2026-03-02T01:30:00Z; event.time = 2026-03-02T01:28:09Z' }, zh, chinese)).toBe('现在 − 发生 < 10 分钟（发生 09:28:09）');
  expect(becauseText({ expr: 'event.data.amount <= -100000.0', value: '-930000' }, en, english)).toBe('amount −930,000 ≤ −100,000');
  expect(becauseText({ expr: 'consent.phone', value: 'not granted' }, zh, chinese)).toBe('电话未同意');
  expect(becauseText({ expr: 'consent.automation', value: 'refused' }, en, english)).toBe('Automation refused');
  expect(becauseText({ expr: 'size(client.holdings) <= 2', value: '{"688981": 58600}' }, zh, chinese)).toBe('持仓的个数 ≤ 2');
  expect(becauseText({ expr: 'tech_trades.count("1d") >= 3', value: '4' }, zh, chinese)).toBe('今日 tech_trades 次数 4 ≥ 3');
  expect(becauseText({ expr: 'odd.thing(x)', value: '3' }, en, english)).toBe('odd.thing(x) = 3');
  expect(becauseText({ expr: '10 / client.risk > 3', value: 'error: division by zero' }, en, english)).toBe('10 / risk > 3 (cannot be worked out: division by zero)');
  expect(becauseText({ expr: 'client.holdings["600519"] >= 3.0', value: 'error: no such key: "600519"' }, zh, chinese)).toContain('（无法计算：没有这个键 "600519"）');
});
