import { useSurroundings } from '../settings/SettingsContext';
import type { Draft } from './useDraft';
import type { Publishing } from './usePublish';
import { useCatalogueWords } from './useCatalogueWords';

interface PublishBarProps {
  readonly draft: Draft;
  readonly changes: number;
  readonly errors: number;
  readonly may: boolean;
  /** Why it cannot be published now; null: it can. */
  readonly whyNot: string | null;
  readonly onPreview: () => void;
  readonly onPublish: () => void;
  readonly onDiscard: () => void;
}

/** What the text is, and what can be done with it; beside a publish that cannot be made stands why. */
export function PublishBar({ draft, changes, errors, may, whyNot, ...on }: PublishBarProps) {
  const { format } = useSurroundings();
  const words = useCatalogueWords();
  const changed = draft.text !== draft.base.text;
  return (
    <header className="publishbar">
      <h1>{changed ? words.draft : words.published}</h1>
      <span className="s cut">{[words.basedOn(draft.base.version), ...(changed ? [words.changes(changes)] : []), ...(draft.savedAt === null ? [] : [words.saved(format.clock(draft.savedAt))])].join(' · ')}</span>
      {errors > 0 && <span className="wrong b">▲ {words.errors(errors)}</span>}
      <span className="do">
        {changed && <button className="plain" onClick={on.onDiscard}>{words.discard}</button>}
        {may && <button className="btn" onClick={on.onPreview}>{words.preview} <kbd>Ctrl</kbd><kbd>P</kbd></button>}
        <span className="q t12" id="why-not">{whyNot}</span>
        <button className="btn main" disabled={whyNot !== null} aria-describedby="why-not" onClick={on.onPublish}>{words.publish}</button>
      </span>
    </header>
  );
}

export function PublishNotice({ publishing, base, onCompare, onRebase }: { publishing: Publishing; base: number; onCompare: () => void; onRebase: () => void }) {
  const words = useCatalogueWords();
  switch (publishing.kind) {
    case 'published':
      return <p className="notice" role="status">{publishing.later ? words.did.later(publishing.version) : words.did.published(publishing.version)}</p>;
    case 'stale':
      return (
        <p className="notice warn" role="alert">
          {words.did.stale(base)} <button className="btn" onClick={onCompare}>{words.did.compare}</button> <button className="btn" onClick={onRebase}>{words.did.rebase}</button>
        </p>
      );
    case 'failed':
      return <p className="notice warn" role="alert">{publishing.detail === null ? words.did.unreachable : words.did.failed(publishing.detail)}</p>;
    default:
      return null;
  }
}
