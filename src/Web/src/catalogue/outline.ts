import { yamlLanguage } from '@codemirror/lang-yaml';
import type { SyntaxNode } from '@lezer/common';

/** A node of the document with its place. Only as much of YAML as an outline needs. */
export interface Place {
  readonly from: number;
  readonly text: string;
  readonly fields: ReadonlyMap<string, Place>;
  readonly items: readonly Place[];
}

export interface Entry {
  readonly id: string;
  readonly from: number;
}

export interface Pilot extends Entry {
  readonly branches: readonly string[];
  readonly percent: number;
}

export interface Outline {
  /** By top-level key, in the order of the document. */
  readonly sections: readonly { readonly key: string; readonly from: number; readonly to: number; readonly entries: readonly Entry[]; readonly count: number }[];
  readonly pilots: readonly Pilot[];
  readonly idsOf: (section: string) => readonly string[];
}

const noFields: ReadonlyMap<string, Place> = new Map();

const children = (node: SyntaxNode): SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    found.push(child);
  }
  return found;
};

const unquoted = (text: string): string => text.replace(/^(['"])(.*)\1$/s, '$2');

function placeOf(node: SyntaxNode | undefined, text: string): Place {
  const from = node?.from ?? 0;
  switch (node?.name) {
    case 'BlockMapping':
    case 'FlowMapping':
      return {
        from, text: '', items: [],
        fields: new Map(children(node).filter(({ name }) => name === 'Pair').map((pair) => {
          const [key, ...rest] = children(pair);
          const value = rest.find(({ name }) => name !== ':' && name !== 'Comment');
          return [unquoted(text.slice(key?.from, key?.to)), { ...placeOf(value, text), from: pair.from }];
        })),
      };
    case 'BlockSequence':
    case 'FlowSequence':
      return {
        from, text: '', fields: noFields,
        items: children(node).filter(({ name }) => name === 'Item').map((item) => ({ ...placeOf(children(item).find(({ name }) => name !== '-'), text), from: item.from })),
      };
    default:
      return { from, text: node === undefined ? '' : unquoted(text.slice(node.from, node.to)), fields: noFields, items: [] };
  }
}

/** Sections, their entries and the pilots of a document, also of one that has errors: what can be made out of it. */
export function outlineOf(text: string): Outline {
  const document = yamlLanguage.parser.parse(text).topNode.getChild('Document');
  const root = placeOf(document === null ? undefined : children(document).find(({ name }) => name.endsWith('Mapping')), text);
  const keys = [...root.fields];
  const sections = keys.map(([key, place], index) => ({
    key, from: place.from, to: keys[index + 1]?.[1].from ?? text.length,
    entries: place.items.flatMap((item) => entryOf(item)),
    count: Math.max(place.items.length, place.fields.size),
  }));
  const pilots = (root.fields.get('campaigns')?.items ?? []).flatMap((item) => entryOf(item).map((entry) => {
    const rollout = item.fields.get('rollout');
    const percent = Number(rollout?.fields.get('percent')?.text ?? 100);
    return { ...entry, branches: rollout?.fields.get('branches')?.items.map((branch) => branch.text) ?? [], percent: Number.isFinite(percent) ? percent : 0 };
  }));
  return { sections, pilots, idsOf: (section) => sections.find(({ key }) => key === section)?.entries.map(({ id }) => id) ?? [] };
}

const entryOf = (item: Place): Entry[] => {
  const id = item.fields.get('id')?.text;
  return id === undefined ? [] : [{ id, from: item.from }];
};
