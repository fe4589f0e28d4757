import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in the page's own tokens, which reach into its shadow tree. */
const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '12px', lineHeight: '20px', fontVariantLigatures: 'none', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '4px 0' },
  '.cm-cursor': { borderLeft: '2px solid var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--ink-3)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '40px', padding: '0 12px 0 8px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--surface-2)' },
  '.cm-activeLineGutter': { color: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-tint) !important' },
  '.cm-changed': { boxShadow: 'inset 3px 0 0 var(--accent)' },
  '.cm-wrong': { backgroundColor: 'var(--warn-tint)' },
  '.cm-wrongline': {
    display: 'flex', alignItems: 'center', gap: '12px', minHeight: '28px', padding: '0 12px 0 6px', fontFamily: 'var(--font)', fontSize: '13px', whiteSpace: 'normal',
    backgroundColor: 'var(--warn-tint)', borderBottom: '2px solid var(--warn)', color: 'var(--ink)',
  },
  '.cm-wrongline b': { color: 'var(--warn-ink)', fontWeight: '600' },
  '.cm-code': { color: 'var(--ink-2)', fontFamily: 'var(--mono)', fontSize: '12px', whiteSpace: 'pre' },
  '.cm-mend': { marginLeft: 'auto', border: '0', background: 'none', color: 'var(--ink)', font: 'inherit', minHeight: '24px', cursor: 'pointer', whiteSpace: 'nowrap' },
  '.cm-mend kbd': { padding: '0 4px', marginRight: '3px', fontSize: '11px', fontFamily: 'var(--font)', color: 'var(--ink-2)', backgroundColor: 'var(--surface-2)', border: '1px solid var(--line-2)', borderRadius: '2px' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--line-2)', boxShadow: '0 4px 12px rgb(0 0 0 / .2)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '12px', maxHeight: '200px', minWidth: '220px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', justifyContent: 'space-between', gap: '16px', padding: '2px 12px', lineHeight: '20px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--ink-2)', marginLeft: '0' },
  'li[aria-selected] .cm-completionDetail': { color: 'var(--on-accent)' },
  '.cm-completionInfo': { padding: '8px 12px', maxWidth: '260px', fontFamily: 'var(--font)', fontSize: '12px', lineHeight: '18px', color: 'var(--ink-2)' },
  '.cm-completionInfo p': { margin: '0' },
  '.cm-completionInfo code': { display: 'block', marginTop: '4px', fontFamily: 'var(--mono)', color: 'var(--ink)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-mergeView, .cm-mergeViewEditors': { height: '100%' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--warn-tint)' },
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--accent-tint)' },
  '&.cm-merge-a .cm-changedText, &.cm-merge-b .cm-changedText': { background: 'none', textDecoration: 'underline', textUnderlineOffset: '3px' },
});

const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--syn-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--syn-str)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--ink-3)' },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace, tags.content], color: 'var(--ink)' },
  { tag: [tags.keyword, tags.typeName, tags.labelName], color: 'var(--syn-fn)' },
]);

export const look: Extension = [theme, syntaxHighlighting(highlight)];
