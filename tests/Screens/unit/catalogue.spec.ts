import { expect, test } from '@playwright/test';
import { contextAt } from '../../../src/Web/src/catalogue/context';
import { nearest } from '../../../src/Web/src/catalogue/nearest';

/** The cursor stands at the bar. */
function at(text: string) {
  const cursor = text.indexOf('|');
  return contextAt(text.replace('|', ''), cursor);
}

for (const [text, path] of [
  ['se|', []],
  ['segments:\n- id: a\n  wh|', ['segments']],
  ['campaigns:\n- id: a\n  trigger:\n    se|', ['campaigns', 'trigger']],
  ['campaigns:\n- id: a\n  trigger: { segment: x, o|', ['campaigns', 'trigger']],
  ['metrics:\n- { id: a, wh|', ['metrics']],
  ['campaigns:\n  - id: a\n    offer: { kind: call }\n    go|', ['campaigns']],
  ['branches:\n- id: hn\n  outlets:\n  - id: o\n    adv|', ['branches', 'outlets']],
  ['segments:\n- id: a\npol|', []],
] as const) {
  test(`Context_AtAKey_KnowsItsPath ${JSON.stringify(text)}`, () => {
    expect(at(text)).toMatchObject({ kind: 'key', path });
  });
}

test('Context_AtAValue_KnowsWhose', () => {
  expect(at('campaigns:\n- trigger: { segment: do|')).toMatchObject({ kind: 'value', path: ['campaigns', 'trigger', 'segment'] });
  expect(at('campaigns:\n- desks: [advisor, ou|')).toMatchObject({ kind: 'value', path: ['campaigns', 'desks'] });
});

test('Context_InsideAnExpression_IsItsBeginning', () => {
  expect(at("segments:\n- id: a\n  when: 'client.assets > 1.0\n    && client.|")).toEqual({ kind: 'expression', before: 'client.assets > 1.0\n    && client.' });
  expect(at("segments:\n- { when: 'inSegment(\"do|")).toEqual({ kind: 'expression', before: 'inSegment("do' });
  expect(at("segments:\n- when: 'true'\n  st|").kind).toBe('key');
});

test('Nearest_SlipOfTheFingers_IsFoundAndAnotherWordIsNot', () => {
  const names = ['dormant', 'advised', 'near-advised'];
  expect(nearest('dormnat', names)).toBe('dormant');
  expect(nearest('dormat', names)).toBe('dormant');
  expect(nearest('outflow', names)).toBeNull();
  expect(nearest('dormant', names)).toBeNull();
});
