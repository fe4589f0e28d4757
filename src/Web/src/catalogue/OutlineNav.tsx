import type { DocumentName, Wrong } from './documents';
import type { Outline } from './outline';
import { useCatalogueWords } from './useCatalogueWords';

const names: readonly DocumentName[] = ['catalogue', 'organisation'];

interface OutlineNavProps {
  readonly name: DocumentName;
  readonly outline: Outline;
  readonly wrongs: readonly Wrong[];
  /** Of the cursor. */
  readonly at: string | null;
  readonly onName: (name: DocumentName) => void;
  readonly onGo: (at: number) => void;
}

/** The document's sections with their counts and errors, and what stands in the one of the cursor. */
export function OutlineNav({ name, outline, wrongs, at, onName, onGo }: OutlineNavProps) {
  const words = useCatalogueWords();
  const errorsIn = (key: string): number => wrongs.filter(({ path }) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`)).length;
  const here = outline.sections.find(({ key }) => key === at);
  const wrongEntries = new Set(wrongs.flatMap(({ path }) => {
    const found = new RegExp(`^${at}\\[(\\d+)\\]`).exec(path);
    return found === null ? [] : [here?.entries[Number(found[1])]?.id];
  }));
  return (
    <nav className="outline" aria-label={words.outline}>
      <div className="tabs" role="group" aria-label={words.choose}>
        {names.map((each) => <button key={each} aria-pressed={each === name} onClick={() => onName(each)}>{words.documents[each]}</button>)}
      </div>
      <ul>
        {outline.sections.map(({ key, from, count }) => (
          <li key={key}>
            <button {...(key === at ? { 'aria-current': 'true' as const } : {})} onClick={() => onGo(from)}>
              <span>{words.sections[key]?.toLowerCase() === key ? words.sections[key] : `${words.sections[key] ?? ''} ${key}`}</span>
              {errorsIn(key) > 0 && <span className="wrong">▲ {errorsIn(key)}<span className="vh">{words.errors(errorsIn(key))}</span></span>}
              <span className="q">{count}</span>
            </button>
          </li>
        ))}
      </ul>
      {here !== undefined && here.entries.length > 0 && (
        <ul className="entries">
          {here.entries.map(({ id, from }) => <li key={`${id}${from}`}><button className={wrongEntries.has(id) ? 'mono wrong' : 'mono'} onClick={() => onGo(from)}>{id}</button></li>)}
        </ul>
      )}
    </nav>
  );
}
