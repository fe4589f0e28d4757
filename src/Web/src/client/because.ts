import type { Because } from '../api/types';
import type { Dictionary } from '../i18n/zh';
import type { Formats } from '../i18n/format';

const metric = /\b([a-z]\w*)\.(count|sum|max|within)\("(?:(\d+)([dhmt])|all)"\)/g;
const metricSinceEver = /\b([a-z]\w*)\.(ever|last)\(\)/g;
const segment = /\binSegment\("([^"]+)"\)/g;
const size = /\bsize\((client\.\w+)\)/g;
const duration = /\bduration\("(\d+)([hms])"\)/g;
const signs: readonly (readonly [RegExp, string])[] = [
  [/>=/g, '≥'], [/<=/g, '≤'], [/==/g, '='], [/!=/g, '≠'], [/ - /g, ' − '], [/ \* /g, ' × '], [/(?<![\w)"'-])-(?=[\w(])/g, '−'],
];

/** One input, compared with something: the value stands beside the input that has it. */
const comparison = /^([a-z][\w.]*(?:\((?:"[^"]*")?\))?) (>=|<=|==|!=|>|<) (.+)$/;

/** What the gate says of a consent that is missing. */
const consent = /^consent\.(\w+)$/;

/** What went wrong, and with which value. */
const failure = /^error: ([a-z ]+)(?:: (.+))?$/;

/** A question whether there was any, whose "no" is said inside. */
const whether = /^[a-z]\w*\.(?:within\("\w+"\)|ever\(\))$/;

/**
 * A reason in the reader's words as far as they are known; what is not stays as it was written. The value is that of the
 * one input of the expression, or `input = value; …` where it has several, or that of the expression where it has none.
 */
export function becauseText({ expr, value }: Because, t: Dictionary, format: Formats): string {
  const text = String(value);
  if (text === 'true') {
    return wordsOf(expr, t, format);
  }
  if (text === 'false') {
    return whether.test(expr) ? wordsOf(expr, t, format, true) : t.because.not(wordsOf(expr, t, format));
  }
  const failed = failure.exec(text);
  if (failed !== null) {
    const [, what = '', given] = failed;
    return `${wordsOf(expr, t, format)}${t.because.failed([t.because.failures[what] ?? what, given ?? ''].join(' ').trim())}`;
  }
  const channel = consent.exec(expr)?.[1];
  if (channel !== undefined) {
    return t.because.consent(t.channels[channel] ?? channel, text === 'refused');
  }
  const several = inputsOf(text);
  if (several.length > 1) {
    const now = Date.parse(several.find(([name]) => name === 'now')?.[1] ?? '');
    const inputs = several.filter(([name]) => name !== 'now').map(([name, each]) => `${wordsOf(name, t, format)} ${valueText(each, format, now)}`);
    return `${wordsOf(expr, t, format)}${t.because.given(inputs.join(t.listComma))}`;
  }
  if (/^[[{]/.test(text)) {
    // A whole list or map says less than the expression that counts or searches it.
    return wordsOf(expr, t, format);
  }
  const compared = comparison.exec(expr);
  return compared === null
    ? `${wordsOf(expr, t, format)} = ${valueText(text, format)}`
    : `${wordsOf(compared[1] ?? '', t, format)} ${valueText(text, format)} ${wordsOf(`${compared[2]} ${compared[3]}`, t, format)}`;
}

/** `a = 1; b = 2`, where every part names an input. */
function inputsOf(text: string): [name: string, value: string][] {
  const parts = text.split('; ').map((part) => part.split(' = '));
  return parts.every((part) => part.length === 2) ? parts.map(([name = '', value = '']) => [name, value]) : [];
}

function wordsOf(expr: string, t: Dictionary, format: Formats, none = false): string {
  let words = expr
    .replace(duration, (_, n: string, unit: 'h' | 'm' | 's') => durationText(Number(n), unit, t))
    .replace(size, (_, input: string) => t.because.size(input))
    .replace(segment, (_, id: string) => `${t.inputs['inSegment']} ${id}`)
    .replace(metric, (_, name: string, call: string, n?: string, unit?: string) =>
      metricText(t, name, call, n === undefined ? t.because.window.all : t.because.window[unit as 'd'](n), none))
    .replace(metricSinceEver, (_, name: string, call: string) => metricText(t, name, call, call === 'ever' ? t.because.window.all : '', none));
  for (const [written, sign] of signs) {
    words = words.replace(written, sign);
  }
  words = words.replace(/(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g, (number) => format.number(Number(number)));
  for (const [input, name] of Object.entries(t.inputs)) {
    words = words.replace(new RegExp(`(?<![\\w.])${input.replaceAll('.', '\\.')}(?![\\w.])`, 'g'), name);
  }
  return words;
}

function metricText(t: Dictionary, metricId: string, call: string, window: string, none: boolean): string {
  const name = t.inputs[metricId] ?? metricId;
  return call === 'within' || call === 'ever'
    ? t.because.whether(name, none, window)
    : t.because.figure(name, t.because[call as 'count'], window);
}

function durationText(n: number, unit: 'h' | 'm' | 's', t: Dictionary): string {
  return unit === 'h' && n % 24 === 0 ? t.because.days(n / 24) : t.because.time[unit](n);
}

/** A time of the day on which it was judged is told to the second, any other by its day. */
function valueText(value: string, format: Formats, now = NaN): string {
  if (/^-?\d+(?:\.\d+)?$/.test(value)) {
    return format.number(Number(value));
  }
  return !/^\d{4}-\d{2}-\d{2}T/.test(value) ? value : Number.isNaN(now) || format.date(value) !== format.date(new Date(now).toISOString()) ? format.date(value) : format.clock(Date.parse(value));
}
