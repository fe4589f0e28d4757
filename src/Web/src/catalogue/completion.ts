import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import type { CatalogueWords } from '../i18n/catalogue.zh';
import { contextAt } from './context';
import type { DocumentName } from './documents';
import { infoOf, membersOf, type Figures } from './estimateNote';
import { builtInMetrics, clientFields, eventFields, metricFunctions, textFunctions, windows, words } from './language';
import { outlineOf, type Outline } from './outline';
import { eventTypes, schemas, shapeAt } from './schema';

const typed = (names: Readonly<Record<string, string>>, texts: CatalogueWords, group: string, figures: Figures | null = null): Completion[] =>
  Object.entries(names).map(([label, detail]) => optionOf(label, detail, texts, group, figures));

function optionOf(label: string, detail: string, texts: CatalogueWords, group: string, figures: Figures | null = null): Completion {
  const name = group === '' ? label : `${group}.${label}`;
  const info = infoOf(name, texts.meaning[name], texts, figures);
  return { label, detail, ...(info === undefined ? {} : { info }) };
}

const plain = (labels: readonly string[], detail = ''): Completion[] => labels.map((label) => (detail === '' ? { label } : { label, detail }));

function segmentsOf(outline: Outline, texts: CatalogueWords, figures: Figures | null): Completion[] {
  return outline.idsOf('segments').map((label) => {
    const info = membersOf(label, texts, figures);
    return { label, detail: texts.kinds.segments ?? '', ...(info === undefined ? {} : { info }) };
  });
}

/** What can stand at the cursor, by the schema of the document and the language of its expressions. */
export const completionsOf = (name: DocumentName, texts: CatalogueWords, figures: Figures | null): CompletionSource => (context: CompletionContext): CompletionResult | null => {
  const text = context.state.doc.toString();
  const at = contextAt(text, context.pos);
  const outline = outlineOf(text);
  if (at.kind === 'expression') {
    return inExpression(at.before, context, texts, outline, figures);
  }
  const word = context.matchBefore(/[\w."-]*/);
  const from = word?.from ?? context.pos;
  if (!context.explicit && (word === null || word.text === '')) {
    return null;
  }
  const shape = shapeAt(schemas[name], at.path);
  const options = at.kind === 'key'
    ? Object.keys(shape?.fields ?? {}).map((label) => ({ ...optionOf(label, '', texts, 'key'), apply: `${label}: ` }))
    : shape?.event === true ? plain(eventTypes, texts.kinds.event)
    : shape?.idsOf === 'segments' ? segmentsOf(outline, texts, figures)
    : shape?.idsOf !== undefined ? plain(outline.idsOf(shape.idsOf), texts.kinds[shape.idsOf])
    : plain(shape?.words ?? []);
  return options.length === 0 ? null : { from, options, validFor: /^[\w."-]*$/ };
};

function inExpression(before: string, context: CompletionContext, texts: CatalogueWords, outline: Outline, figures: Figures | null): CompletionResult | null {
  const metrics = [...builtInMetrics, ...outline.idsOf('metrics')];
  const from = (length: number) => context.pos - length;
  const quoted = /(inSegment|count|sum|max|within|duration)\(\\?["']([\w.-]*)$/.exec(before);
  if (quoted !== null) {
    const [, call = '', word = ''] = quoted;
    const options = call === 'inSegment' ? segmentsOf(outline, texts, figures) : call === 'duration' ? plain(['24h', '168h', '720h', '2160h']) : plain(windows, texts.kinds.window);
    return { from: from(word.length), options, validFor: /^[\w.-]*$/ };
  }
  const member = /([\w.]+)\.(\w*)$/.exec(before);
  if (member !== null) {
    const [, owner = '', word = ''] = member;
    const options = owner === 'client' ? typed(clientFields, texts, 'client', figures)
      : owner === 'event' ? typed({ type: 'string', time: 'timestamp', data: 'event' }, texts, 'event')
      : owner === 'event.data' ? typed(eventFields, texts, '')
      : metrics.includes(owner) ? typed(metricFunctions, texts, 'metric')
      : typed(textFunctions, texts, '');
    return { from: from(word.length), options, validFor: /^\w*$/ };
  }
  const word = /\w*$/.exec(before)?.[0] ?? '';
  return word === '' && !context.explicit ? null
    : { from: from(word.length), options: [...typed(words, texts, ''), ...metrics.map((metric) => optionOf(metric, texts.kinds.metrics ?? '', texts, '', figures))], validFor: /^\w*$/ };
}
