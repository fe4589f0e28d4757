import { StateEffect, StateField, type EditorState } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import type { CatalogueWords } from '../i18n/catalogue.zh';
import type { Wrong } from './documents';
import type { Mend } from './mend';

/** An error of the document where it stands now: typing moves it with its text. */
export interface Placed {
  readonly at: number;
  readonly wrong: Wrong;
  readonly mend: Mend | null;
}

interface Wrongs {
  readonly placed: readonly Placed[];
  readonly decorations: DecorationSet;
}

export const setWrongs = StateEffect.define<{ readonly placed: readonly Placed[]; readonly words: CatalogueWords }>();

export const wrongsField = StateField.define<Wrongs>({
  create: () => ({ placed: [], decorations: Decoration.none }),
  update(wrongs, transaction) {
    const set = transaction.effects.find((effect) => effect.is(setWrongs));
    if (set !== undefined) {
      return { placed: set.value.placed, decorations: drawn(set.value.placed, set.value.words, transaction.state) };
    }
    return !transaction.docChanged ? wrongs : {
      placed: wrongs.placed.map((each) => ({
        ...each, at: transaction.changes.mapPos(each.at),
        mend: each.mend === null ? null : { ...each.mend, from: transaction.changes.mapPos(each.mend.from, 1), to: transaction.changes.mapPos(each.mend.to, -1) },
      })),
      decorations: wrongs.decorations.map(transaction.changes),
    };
  },
  provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
});

function drawn(placed: readonly Placed[], words: CatalogueWords, state: EditorState): DecorationSet {
  return Decoration.set(placed.flatMap((each) => {
    const line = state.doc.lineAt(each.at);
    return [
      Decoration.line({ class: 'cm-wrong' }).range(line.from),
      Decoration.widget({ widget: new WrongLine(each, words), block: true, side: 1 }).range(line.to),
    ];
  }), true);
}

/** One error under its line: what, the nearest name, and the key that mends it. */
class WrongLine extends WidgetType {
  readonly #placed: Placed;
  readonly #words: CatalogueWords;

  constructor(placed: Placed, words: CatalogueWords) {
    super();
    this.#placed = placed;
    this.#words = words;
  }

  override eq(other: WrongLine): boolean {
    return other.#placed.wrong === this.#placed.wrong && other.#placed.mend?.name === this.#placed.mend?.name && other.#words === this.#words;
  }

  override toDOM(view: EditorView): HTMLElement {
    const { wrong, mend } = this.#placed;
    const row = element('div', 'cm-wrongline');
    row.append(element('b', '', wrong.message), element('span', 'cm-code', `${wrong.code}  ${wrong.line}:${wrong.column}`));
    if (mend !== null) {
      const button = element('button', 'cm-mend');
      button.append(element('kbd', '', 'Alt'), element('kbd', '', 'Enter'), ` ${this.#words.mendTo(mend.name)}`);
      button.addEventListener('click', () => {
        const now = view.state.field(wrongsField).placed.find((each) => each.wrong === wrong);
        if (now !== undefined) {
          applyMend(view, now);
        }
        view.focus();
      });
      row.append(button);
    }
    return row;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function applyMend(view: EditorView, { mend }: Placed): boolean {
  if (mend === null || view.state.sliceDoc(mend.from, mend.to) !== mend.word) {
    return false;
  }
  view.dispatch({ changes: { from: mend.from, to: mend.to, insert: mend.name }, selection: { anchor: mend.from + mend.name.length }, userEvent: 'input.mend' });
  return true;
}

/** Mends the error on the cursor's line, or where there is none the next one that can be mended. */
export function mendHere(view: EditorView): boolean {
  const { placed } = view.state.field(wrongsField);
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  const able = placed.filter(({ mend }) => mend !== null);
  const here = able.find(({ at }) => at >= line.from && at <= line.to) ?? able.find(({ at }) => at > line.to) ?? able[0];
  return here !== undefined && applyMend(view, here);
}

/** To the next error, from the last one to the first. */
export function nextWrong(view: EditorView): boolean {
  const { placed } = view.state.field(wrongsField);
  const next = placed.find(({ at }) => at > view.state.selection.main.head) ?? placed[0];
  if (next === undefined) {
    return false;
  }
  view.dispatch({ selection: { anchor: next.at }, effects: EditorView.scrollIntoView(next.at, { y: 'center' }) });
  view.focus();
  return true;
}
