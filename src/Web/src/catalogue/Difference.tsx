import { yaml } from '@codemirror/lang-yaml';
import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useLayoutEffect, useRef } from 'react';
import { look } from './look';

export interface Side {
  readonly title: string;
  readonly text: string;
}

/** Two texts side by side, what is equal folded away. */
export function Difference({ from, to }: { from: Side; to: Side }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: 'open' });
    if (root === undefined) {
      return undefined;
    }
    const side = ({ title, text }: Side) => ({
      doc: text,
      extensions: [look, yaml(), lineNumbers(), EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.lineWrapping, EditorView.contentAttributes.of({ 'aria-label': title, 'tabindex': '0' })],
    });
    const view = new MergeView({ parent: root, root, a: side(from), b: side(to), collapseUnchanged: { margin: 2, minSize: 5 }, diffConfig: { scanLimit: 500 } });
    return () => view.destroy();
  }, [from, to]);
  return (
    <div className="difference">
      <div className="sides"><b>{from.title}</b><b>{to.title}</b></div>
      <div ref={host} className="editor scrolled" />
    </div>
  );
}
