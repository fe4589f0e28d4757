/** Where the cursor stands in a document: inside an expression, or at a key or a value of YAML. */
export type Context =
  | { readonly kind: 'expression'; readonly before: string }
  | { readonly kind: 'key'; readonly path: readonly string[]; readonly word: string }
  | { readonly kind: 'value'; readonly path: readonly string[]; readonly word: string };

const lineOf = /^( *)((?:- +)*)(?:(["']?)([\w-]+)\3 *:)?/;

/** The keys of the block mappings around a line, from the top: those of smaller indentation above it. */
function blockPath(lines: readonly string[], column: number): string[] {
  const path: string[] = [];
  let under = column;
  for (let index = lines.length - 1; index >= 0 && under > 0; index--) {
    const line = lines[index] ?? '';
    const match = lineOf.exec(line);
    if (match === null || line.trim() === '' || line.trim().startsWith('#')) {
      continue;
    }
    const [, spaces = '', dash = '', , key] = match;
    const at = spaces.length + dash.length;
    const holds = key !== undefined && at < under;
    if (holds) {
      path.unshift(key);
      under = at;
    } else if (spaces.length < under && dash !== '') {
      under = spaces.length + 1;
    }
    if (holds && dash !== '') {
      under = spaces.length + 1;
    }
  }
  return path;
}

/** The open `{` and `[` before the cursor on its line, with the key before each. */
function flowPath(text: string): { readonly keys: string[]; readonly rest: string; readonly open: boolean } {
  const keys: string[] = [];
  let last = 0;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const each = text[index] ?? '';
    if (quote !== '') {
      quote = each === quote ? '' : quote;
    } else if (each === '"' || each === "'") {
      quote = each;
    } else if (each === '{' || each === '[') {
      keys.push(/(["']?)([\w-]+)\1 *: *$/.exec(text.slice(last, index))?.[2] ?? '');
      last = index + 1;
    } else if (each === '}' || each === ']') {
      keys.pop();
      last = index + 1;
    } else if (each === ',') {
      last = index + 1;
    }
  }
  return { keys, rest: text.slice(last), open: keys.length > 0 };
}

export function contextAt(text: string, at: number): Context {
  const lines = text.slice(0, at).split('\n');
  const line = lines.pop() ?? '';
  const [, spaces = '', dash = '', , key] = lineOf.exec(line) ?? [];
  const flow = flowPath(line);
  const outer = blockPath(lines, spaces.length + (dash === '' ? 0 : 1));
  const path = [...outer, ...(flow.open && key !== undefined ? [key] : []), ...flow.keys.slice(key !== undefined ? 1 : 0).filter((each) => each !== '')];
  const rest = flow.open ? flow.rest : line.slice(spaces.length + dash.length);
  const pair = /^\s*(["']?)([\w-]+)\1 *: *(.*)$/s.exec(rest);
  const expression = openExpression(text.slice(Math.max(0, at - 2_000), at));
  if (expression !== null) {
    return { kind: 'expression', before: expression };
  }
  if (pair !== null) {
    return { kind: 'value', path: [...path, pair[2] ?? ''], word: pair[3] ?? '' };
  }
  const word = /[\w-]*$/.exec(rest)?.[0] ?? '';
  const listed = flow.open && line.lastIndexOf('[') > line.lastIndexOf('{');
  return listed ? { kind: 'value', path, word } : { kind: 'key', path, word };
}

/** The part of an expression before the cursor; null outside one. */
function openExpression(before: string): string | null {
  const starts = [...before.matchAll(/(?:^|[\s{,])["']?(?:when|stay|where|value|priority)["']? *: *(['"])/g)];
  const start = starts.at(-1);
  if (start === undefined) {
    return null;
  }
  const inside = before.slice(start.index + start[0].length);
  return inside.includes(start[1] ?? "'") ? null : inside;
}
