import { contextAt } from './context';
import type { DocumentName, Wrong } from './documents';
import { builtInMetrics, clientFields, eventFields, metricFunctions, textFunctions, words } from './language';
import { nearest } from './nearest';
import type { Outline } from './outline';
import { eventTypes, schemas, shapeAt, type Shape } from './schema';

export interface Mend {
  readonly from: number;
  readonly to: number;
  readonly word: string;
  readonly name: string;
}

const wordAt = /[\w.-]+/y;

function allFields(shape: Shape, found = new Set<string>()): Set<string> {
  for (const [key, inner] of Object.entries(shape.fields ?? {})) {
    found.add(key);
    inner.words?.forEach((word) => found.add(word));
    allFields(inner, found);
  }
  return found;
}

/** What the word at an error was most likely meant to be; null where no known name is near. */
export function mendOf(text: string, at: number, wrong: Wrong, name: DocumentName, outline: Outline): Mend | null {
  if (wrong.code === 'document.syntax' || wrong.code === 'document.missing') {
    return null;
  }
  // The place may be before the word: at a quotation mark, a dot, or the start of a call.
  for (const start of [at, at + 1, ...wordsOfLine(text, at)]) {
    wordAt.lastIndex = start;
    const whole = wordAt.exec(text)?.[0];
    if (whole === undefined) {
      continue;
    }
    // Of `client.asets` the last part is what is not known.
    const parts = wrong.code.startsWith('catalogue.unknown') || wrong.code.startsWith('document.') ? [whole] : [whole, ...whole.split('.')];
    for (const word of parts) {
      const meant = nearest(word, namesFor(wrong, text, start, name, outline));
      if (meant !== null) {
        const from = start + whole.lastIndexOf(word);
        return { from, to: from + word.length, word, name: meant };
      }
    }
  }
  return null;
}

function* wordsOfLine(text: string, at: number): Generator<number> {
  const end = text.indexOf('\n', at);
  for (const match of text.slice(at, end < 0 ? undefined : end).matchAll(/[\w.-]+/g)) {
    yield at + match.index;
  }
}

function namesFor(wrong: Wrong, text: string, at: number, name: DocumentName, outline: Outline): readonly string[] {
  switch (wrong.code) {
    case 'catalogue.unknown.segment': return outline.idsOf('segments');
    case 'catalogue.unknown.metric': return [...builtInMetrics, ...outline.idsOf('metrics')];
    case 'catalogue.unknown.event': return eventTypes;
    case 'catalogue.unknown.experiment': return outline.idsOf('experiments');
  }
  if (wrong.code.startsWith('document.')) {
    const context = contextAt(text, at);
    const shape = context.kind === 'expression' ? undefined : shapeAt(schemas[name], context.path);
    const near = [...Object.keys(shape?.fields ?? {}), ...shape?.words ?? []];
    return near.length > 0 ? near : [...allFields(schemas[name])];
  }
  return [...Object.keys(clientFields), ...Object.keys(eventFields), ...Object.keys(metricFunctions), ...Object.keys(textFunctions), ...Object.keys(words), ...builtInMetrics, ...outline.idsOf('metrics'), ...outline.idsOf('segments')];
}
