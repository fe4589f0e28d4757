import { useState } from 'react';
import { Problem, request } from '../api/http';
import { usePages } from '../clientPage/usePages';
import { useSurroundings } from '../settings/SettingsContext';
import type { DocumentName, Version } from './documents';
import type { Draft } from './useDraft';
import { useCatalogueWords } from './useCatalogueWords';

interface VersionsPanelProps {
  readonly name: DocumentName;
  readonly draft: Draft;
  readonly now: number;
  readonly stamp: string;
  /** May he approve and reject what waits for a second person? */
  readonly may: boolean;
  /** Null: the draft against its base. */
  readonly onCompare: (version: number | null) => void;
  readonly onDecided: () => void;
}

const keyOf = ({ version }: Version): string => String(version);
const pageSize = 8;

/** What was published, by whom and when, and the way to what changed. */
export function VersionsPanel({ name, draft, now, stamp, may, onCompare, onDecided }: VersionsPanelProps) {
  const { t, format } = useSurroundings();
  const words = useCatalogueWords();
  const [decided, setDecided] = useState(0);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [versions, earlier] = usePages<Version>(`/v1/${name}/versions`, pageSize, `${stamp} ${decided}`, keyOf);
  // What waits, or never took effect, is not in force however new it is.
  const inForce = versions.items?.find(({ state }) => state === undefined || state === 'published')?.version ?? draft.base.version;
  const decide = (version: number, how: 'approve' | 'reject') => {
    setBusy(true);
    request('POST', `/v1/${name}/versions/${version}/${how}`).then(
      () => {
        setRefused(null);
        onDecided();
      },
      (error: unknown) => setRefused(error instanceof Problem && error.code === 'document.approval.self' ? words.notOneself : words.undecided),
    ).finally(() => {
      setBusy(false);
      // Also where it was refused: somebody else may have decided.
      setDecided((count) => count + 1);
    });
  };
  const rowOf = ({ publishedAt, sentAt, state }: Version): string =>
    publishedAt !== undefined ? words.versionRow(format.until(publishedAt, now))
      : sentAt === undefined || state === undefined || state === 'published' ? t.none
        : words.sentRow[state](format.until(sentAt, now));
  return (
    <section className="side">
      <header><h2>{words.versions}</h2>{versions.failure !== null && <span role="status">{words.failed(words.versions, format.clock(versions.failure.since))}</span>}</header>
      {versions.items?.length === 0 && <p className="q">{words.noVersions}</p>}
      <ul className="versions">
        {draft.text !== draft.base.text && (
          <li><b>{words.draft}</b><span /><span className="cut q">{words.basedOn(draft.base.version)}</span><button className="plain" onClick={() => onCompare(null)}>{words.seeChanges}</button></li>
        )}
        {(versions.items ?? []).map((each) => (
          <li key={each.version}>
            <b>{each.version}</b><span className="cut">{each.by}</span><span className="cut q" title={rowOf(each)}>{rowOf(each)}</span>
            {each.version === inForce ? <span className="st ok">{words.inForce}</span> : (
              <span>
                <button className="plain" onClick={() => onCompare(each.version)}>{words.compareWith(inForce)}</button>
                {may && each.state === 'waiting' && (
                  <>
                    {' '}<button className="btn" disabled={busy} aria-label={`${words.approve} ${each.version}`} onClick={() => decide(each.version, 'approve')}>{words.approve}</button>
                    {' '}<button className="btn" disabled={busy} aria-label={`${words.reject} ${each.version}`} onClick={() => decide(each.version, 'reject')}>{words.reject}</button>
                  </>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="wrong" role="status">{refused}</p>
      {versions.more && <button className="plain" disabled={versions.reading} onClick={earlier}>{words.more}</button>}
    </section>
  );
}
