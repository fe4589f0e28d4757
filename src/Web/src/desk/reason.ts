import type { Formats } from '../i18n/format';

/** A message in parts; `strong` is the one figure that a glance should catch. */
export interface Reason {
  readonly before: string;
  readonly strong: string;
  readonly after: string;
}

/** A figure with its unit, but not a piece of an id. */
const figure = /(?<![\w.:-])[+−-]?\d[\d,]*(?:\.\d+)?(?![\w]*[-:]\w)\s?(?:%|万元|亿元|万|亿|元|日|天|笔|股|次|小时|分钟|days?|hours?|times|shares|million|k\b|m\b|bn\b)*/gu;

/** The code of a security says nothing at a glance. */
const code = /^\d{6}$/;

/** The name is personal data: it is never stored in a message, but filled in here. */
export function fillName(message: string, name: string): string {
  return message.replaceAll('{client.name}', name);
}

/** Yuan of five digits or more. Shorter ones say more as they are. */
const yuan = /(?:(?<!\d)[+−-])?(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d{5,})(?:\.\d+)?(?:\s?(?=元)|(?=\s?yuan\b))/gu;
const shortFrom = 10_000;

/** The message as a row has room for it: its yuan in 万, 亿 or k and m. The panel beside it has them to the fen. */
export function shortened(message: string, format: Formats): string {
  return message.replace(yuan, (written) => {
    const value = Number(written.replaceAll(',', '').replace('−', '-').trim());
    return Math.abs(value) < shortFrom ? written : format.moneySentence(value);
  });
}

/** As numbers are written everywhere else: a sign is a minus, not a hyphen. */
const signed = (message: string): string => message.replace(/(?<![\w.:)-])-(?=\d)/gu, '−');

export function reasonOf(text: string): Reason {
  const message = signed(text);
  const found = [...message.matchAll(figure)].find(([each]) => !code.test(each.trim()));
  if (found === undefined) {
    return { before: message, strong: '', after: '' };
  }
  const strong = found[0].trimEnd();
  return { before: message.slice(0, found.index), strong, after: message.slice(found.index + strong.length) };
}
