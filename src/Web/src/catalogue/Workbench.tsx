import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { emptyFeed } from '../connection/feed';
import { useNames } from '../desk/useNames';
import { useSurroundings } from '../settings/SettingsContext';
import { useNow } from '../settings/useNow';
import { Difference } from './Difference';
import { isJson, type DocumentName } from './documents';
import { Editor, type EditorHandle } from './Editor';
import { EditorFooter } from './EditorFooter';
import { MovesPanel } from './MovesPanel';
import { OutlineNav } from './OutlineNav';
import { outlineOf } from './outline';
import { PilotsPanel } from './PilotsPanel';
import { PreviewPanel } from './PreviewPanel';
import { PublishBar, PublishNotice } from './PublishBar';
import { RolloutPanel } from './RolloutPanel';
import { useCatalogueKeys } from './useCatalogueKeys';
import { useCatalogueWords } from './useCatalogueWords';
import { useComparison } from './useComparison';
import { useCheck, type Draft, type DraftActions } from './useDraft';
import { usePreview, type Counted, type Moves } from './usePreview';
import { usePublish } from './usePublish';
import { VersionsPanel } from './VersionsPanel';

/** Somebody else publishes, approves and rejects. */
const lookEveryMs = 15_000;

interface WorkbenchProps {
  readonly name: DocumentName;
  readonly draft: Draft;
  readonly actions: DraftActions;
  /** May he change and publish? */
  readonly may: boolean;
  readonly clockAheadMs: number;
  readonly onName: (name: DocumentName) => void;
}

/** Outline, text, and what would follow from it. */
export function Workbench({ name, draft, actions, may, clockAheadMs, onName }: WorkbenchProps) {
  const { settings: { language } } = useSurroundings();
  const words = useCatalogueWords();
  const now = useNow() + clockAheadMs;
  const handle = useRef<EditorHandle>(null);
  const main = useRef<HTMLElement>(null);
  const text = useDeferredValue(draft.text);
  const outline = useMemo(() => outlineOf(text), [text]);
  const names = useNames(emptyFeed, draft.base.version);
  const [cursor, setCursor] = useState({ line: 1, column: 1 });
  const [changes, setChanges] = useState(0);

  const checked = useCheck(name, draft.text, isJson(draft.base, draft.text), language, may);
  const [preview, askPreview] = usePreview<Counted & Moves>(name, language);
  const comparison = useComparison(name, draft, words);
  const [publishing, publish, forget] = usePublish(name, language, () => actions.reload(true));
  const settled = checked.text === draft.text;

  const whyNot = !may ? words.whyNot.role
    : publishing.kind === 'busy' ? words.whyNot.busy
    : draft.text === draft.base.text ? words.whyNot.same
    : checked.wrongs.length > 0 ? words.whyNot.errors(checked.wrongs.length)
    : checked.failed ? words.whyNot.checkFailed
    : !settled ? words.whyNot.unchecked
    : null;
  const runPreview = () => {
    if (may) {
      askPreview(draft.text, isJson(draft.base, draft.text));
    }
  };
  const go = (at: number) => {
    comparison.close();
    handle.current?.goTo(at);
  };
  useCatalogueKeys({ handle, preview: runPreview, publish: whyNot === null ? () => publish(draft) : undefined, closeComparison: comparison.shown === null ? undefined : comparison.close });

  const lineStart = draft.text.split('\n', cursor.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const here = outline.sections.findLast(({ from }) => from <= lineStart)?.key ?? null;
  return (
    <main className="cat" ref={main} tabIndex={-1}>
      <OutlineNav name={name} outline={outline} wrongs={checked.wrongs} at={here} onName={onName} onGo={go} />
      <section className="work" aria-label={words.documents[name]}>
        <PublishBar draft={draft} changes={changes} errors={checked.wrongs.length} may={may} whyNot={whyNot}
          onPreview={runPreview} onPublish={() => publish(draft)} onDiscard={() => { forget(); actions.reload(true); }} />
        <PublishNotice publishing={publishing} base={draft.base.version} onCompare={comparison.newest}
          onRebase={() => { forget(); actions.reload(false); }} />
        {comparison.shown !== null && (
          <>
            <p className="notice"><button className="btn" onClick={comparison.close}>{words.closeDifference} <kbd>Esc</kbd></button></p>
            <Difference {...comparison.shown} />
          </>
        )}
        <div className="text" hidden={comparison.shown !== null}>
          <Editor name={name} text={draft.text} base={draft.base.text} editable={may} wrongs={checked.wrongs} words={words} handle={handle}
            onChange={actions.write} onChanges={setChanges} onCursor={(line, column) => setCursor({ line, column })} onLeave={() => main.current?.focus()} />
        </div>
        <EditorFooter cursor={cursor} settled={settled || !may} wrongs={checked.wrongs.length} />
      </section>
      <div className="panels" role="region" aria-label={words.previewTitle} tabIndex={0}>
        {may && (name === 'catalogue' ? <PreviewPanel preview={preview} text={draft.text} nameOf={names.segment} /> : <MovesPanel preview={preview} text={draft.text} />)}
        <VersionsPanel name={name} draft={draft} now={now} stamp={`${draft.base.version} ${publishing.kind === 'published' ? publishing.version : ''} ${Math.floor(now / lookEveryMs)}`} may={may} onCompare={comparison.version}
          onDecided={() => { if (draft.text === draft.base.text) actions.reload(true); }} />
        <RolloutPanel name={name} stamp={draft.base.version} />
        {name === 'catalogue' && <PilotsPanel pilots={outline.pilots} onGo={go} />}
      </div>
    </main>
  );
}
