import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { Compartment, EditorState, Text } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { CatalogueWords } from '../i18n/catalogue.zh';
import { changesField, setBase } from './changes';
import type { Formats } from '../i18n/format';
import { useSurroundings } from '../settings/SettingsContext';
import { completionsOf } from './completion';
import type { DocumentName, Wrong } from './documents';
import { Estimates } from './estimates';
import { look } from './look';
import { mendOf } from './mend';
import { outlineOf } from './outline';
import { mendHere, nextWrong, setWrongs, wrongsField } from './wrongs';

export interface EditorHandle {
  readonly focus: () => void;
  readonly goTo: (at: number) => void;
  readonly nextWrong: () => void;
  readonly mend: () => void;
}

export interface EditorProps {
  readonly name: DocumentName;
  readonly text: string;
  readonly base: string;
  readonly editable: boolean;
  readonly wrongs: readonly Wrong[];
  readonly words: CatalogueWords;
  readonly handle: RefObject<EditorHandle | null>;
  readonly onChange: (text: string) => void;
  readonly onChanges: (count: number) => void;
  readonly onCursor: (line: number, column: number) => void;
  readonly onLeave: () => void;
}

/**
 * The text of a document. In a shadow tree: there the editor's styles are objects and no elements, which the page's content
 * security policy would refuse.
 */
export function Editor(props: EditorProps) {
  const { format } = useSurroundings();
  const [estimates] = useState(() => new Estimates());
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  const worded = useRef(new Compartment());
  useLayoutEffect(() => { latest.current = props; });

  useLayoutEffect(() => {
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: 'open' });
    if (root === undefined) {
      return undefined;
    }
    const made = new EditorView({
      parent: root, root,
      state: EditorState.create({ doc: latest.current.text, extensions: [
        lineNumbers(), highlightActiveLine(), highlightActiveLineGutter(), drawSelection(), history(), yaml(), closeBrackets(), look,
        wrongsField, changesField, worded.current.of(wordsOf(latest.current, estimates, format)),
        keymap.of([
          { key: 'F8', run: nextWrong, preventDefault: true }, { key: 'Alt-Enter', run: mendHere, preventDefault: true },
          { key: 'Tab', run: acceptCompletion }, { key: 'Ctrl-Space', run: startCompletion },
          ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap,
          { key: 'Escape', run: () => { latest.current.onLeave(); return true; } },
          ...defaultKeymap.filter(({ key }) => key !== 'Alt-Enter'),
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            latest.current.onChange(update.state.doc.toString());
          }
          latest.current.onChanges(update.state.field(changesField).chunks.length);
          if (update.selectionSet || update.docChanged) {
            const line = update.state.doc.lineAt(update.state.selection.main.head);
            latest.current.onCursor(line.number, update.state.selection.main.head - line.from + 1);
          }
        }),
      ] }),
    });
    view.current = made;
    latest.current.handle.current = {
      focus: () => made.focus(),
      goTo: (at) => {
        made.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'start', yMargin: 40 }) });
        made.focus();
      },
      nextWrong: () => nextWrong(made),
      mend: () => mendHere(made),
    };
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [props.name]);

  useEffect(() => { view.current?.dispatch({ effects: worded.current.reconfigure(wordsOf(latest.current, estimates, format)) }); }, [props.words, props.editable, estimates, format]);
  useEffect(() => { view.current?.dispatch({ effects: setBase.of(Text.of(props.base.split('\n'))) }); }, [props.base]);

  // Another text than the one being written here: a version taken over.
  useEffect(() => {
    const { current } = view;
    if (current !== null && current.state.doc.toString() !== props.text) {
      current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: props.text } });
    }
  }, [props.text]);

  useEffect(() => {
    const { current } = view;
    if (current === null) {
      return;
    }
    const { doc } = current.state;
    const text = doc.toString();
    const outline = outlineOf(text);
    const placed = props.wrongs.map((wrong) => {
      const line = doc.line(Math.min(Math.max(1, wrong.line), doc.lines));
      const at = Math.min(line.from + Math.max(0, wrong.column - 1), line.to);
      return { at, wrong, mend: mendOf(text, at, wrong, props.name, outline) };
    }).sort((a, b) => a.at - b.at);
    current.dispatch({ effects: setWrongs.of({ placed, words: props.words }) });
  }, [props.wrongs, props.words, props.name]);

  return <div ref={host} className="editor" />;
}

/** Who may publish may preview, and so ask how many clients something matches. */
function wordsOf({ name, words, editable }: EditorProps, estimates: Estimates, format: Formats) {
  return [
    autocompletion({ override: [completionsOf(name, words, editable ? { estimates, format } : null)], icons: false, activateOnTyping: true }),
    EditorView.contentAttributes.of({ 'aria-label': words.editorLabel(words.documents[name]), 'spellcheck': 'false' }),
    EditorState.readOnly.of(!editable),
    EditorState.phrases.of(words.phrases),
  ];
}
