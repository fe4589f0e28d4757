import { expect, test } from '@playwright/test';
import { directionOf } from '../../../src/Web/src/client/direction';
import { formatsFor } from '../../../src/Web/src/i18n/format';
import { positionsOf } from '../../../src/Web/src/client/quotes';

test('Positions_Quoted_ComeByWorthAndTheOthersAfterThemUnknown', () => {
  const quote = (symbol: string, price: number, previousClose: number) => [symbol, { symbol, price, previousClose, time: '2024-10-08T01:31:20Z' }] as const;
  const positions = positionsOf({ '600519': 100, '000858': 1_800, '511010': 10, '000001': 5 }, new Map([quote('000858', 161.2, 155), quote('600519', 1_840, 1_840)]));
  expect(positions.map(({ symbol }) => symbol)).toEqual(['000858', '600519', '000001', '511010']);
  expect(positions[0]?.value).toBe(290_160);
  expect(positions[0]?.change).toBeCloseTo(0.04);
  expect(positions[1]?.change).toBe(0);
  expect(positions[2]).toEqual({ symbol: '000001', quantity: 5, value: null, change: null });
});

test('Change_RoundedToNothing_HasNoDirection', () => {
  const { percentHundredth } = formatsFor('zh');
  expect([0.0123, 0.00005, 0.00004, 0, -0.00004, -0.0001].map((change) => directionOf(change, percentHundredth))).toEqual(['up', 'up', null, null, null, 'dn']);
});
