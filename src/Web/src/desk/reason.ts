/** A message in parts; `strong` is the one figure that a glance should catch. */
export interface Reason {
  readonly before: string;
  readonly strong: string;
  readonly after: string;
}

/** A figure with its unit, but not a piece of an id. */
const figure = /(?<![\w.:-])[+−-]?\d[\d,]*(?:\.\d+)?(?![\w]*[-:]\w)\s?(?:%|万元|亿元|万|亿|元|日|天|笔|股|次|小时|分钟|days?|hours?|times|shares|million|k\b)*/u;

/** The name is personal data: it is never stored in a message, but filled in here. */
export function fillName(message: string, name: string): string {
  return message.replaceAll('{client.name}', name);
}

export function reasonOf(message: string): Reason {
  const found = figure.exec(message);
  if (found === null) {
    return { before: message, strong: '', after: '' };
  }
  const strong = found[0].trimEnd();
  return { before: message.slice(0, found.index), strong, after: message.slice(found.index + strong.length) };
}
