import { usePages } from '../clientPage/usePages';
import { useSurroundings } from '../settings/SettingsContext';
import type { DocumentName, Version } from './documents';
import type { Draft } from './useDraft';
import { useCatalogueWords } from './useCatalogueWords';

interface VersionsPanelProps {
  readonly name: DocumentName;
  readonly draft: Draft;
  readonly now: number;
  readonly stamp: number;
  /** Null: the draft against its base. */
  readonly onCompare: (version: number | null) => void;
}

const keyOf = ({ version }: Version): string => String(version);
const pageSize = 8;

/** What was published, by whom and when, and the way to what changed. */
export function VersionsPanel({ name, draft, now, stamp, onCompare }: VersionsPanelProps) {
  const { t, format } = useSurroundings();
  const words = useCatalogueWords();
  const [versions, earlier] = usePages<Version>(`/v1/${name}/versions`, pageSize, stamp, keyOf);
  const newest = versions.items?.[0]?.version;
  return (
    <section className="side">
      <header><h2>{words.versions}</h2>{versions.failure !== null && <span role="status">{words.failed(words.versions, format.clock(versions.failure.since))}</span>}</header>
      {versions.items?.length === 0 && <p className="q">{words.noVersions}</p>}
      <ul className="versions">
        {draft.text !== draft.base.text && (
          <li><b>{words.draft}</b><span /><span className="cut q">{words.basedOn(draft.base.version)}</span><button className="plain" onClick={() => onCompare(null)}>{words.seeChanges}</button></li>
        )}
        {(versions.items ?? []).map(({ version, by, publishedAt }) => (
          <li key={version}>
            <b>{version}</b><span className="cut">{by}</span><span className="cut q">{publishedAt === undefined ? t.none : words.versionRow(format.until(publishedAt, now))}</span>
            {version === newest ? <span className="st ok">{words.inForce}</span> : <button className="plain" onClick={() => onCompare(version)}>{words.compareWith(newest ?? version)}</button>}
          </li>
        ))}
      </ul>
      {versions.more && <button className="plain" disabled={versions.reading} onClick={earlier}>{words.more}</button>}
    </section>
  );
}
