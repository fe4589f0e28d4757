import { Chunk } from '@codemirror/merge';
import { StateEffect, StateField, Text, type EditorState } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** The text that the draft is based on. */
export const setBase = StateEffect.define<Text>();

interface Changes {
  readonly base: Text;
  readonly chunks: readonly Chunk[];
  readonly decorations: DecorationSet;
}

const changed = Decoration.line({ class: 'cm-changed' });

/** Lines that differ from the published version, with a mark at their side. */
export const changesField = StateField.define<Changes>({
  create: (state) => ({ base: state.doc, chunks: [], decorations: Decoration.none }),
  update(held, transaction) {
    const set = transaction.effects.find((effect) => effect.is(setBase));
    if (set === undefined && !transaction.docChanged) {
      return held;
    }
    const base = set?.value ?? held.base;
    const chunks = Chunk.build(base, transaction.state.doc, { scanLimit: 500 });
    return { base, chunks, decorations: marks(chunks, transaction.state) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
});

function marks(chunks: readonly Chunk[], { doc }: EditorState): DecorationSet {
  const found = [];
  for (const { fromB, toB } of chunks) {
    for (let at = Math.min(fromB, doc.length); at < toB && at <= doc.length; at = doc.lineAt(at).to + 1) {
      found.push(changed.range(doc.lineAt(at).from));
    }
  }
  return Decoration.set(found);
}
