import { useState } from 'react';
import { TopBar } from '../desk/TopBar';
import { useSurroundings } from '../settings/SettingsContext';
import type { PageProps } from '../shell/Shell';
import '../styles/catalogue.css';
import type { DocumentName } from './documents';
import { useCatalogueWords } from './useCatalogueWords';
import { useDraft } from './useDraft';
import { Workbench } from './Workbench';

/** The rules of the house: catalogue and organisation, each a text that is checked, previewed and published. */
export function CataloguePage({ me, clockAheadMs, onSignOut }: PageProps) {
  const { t, format } = useSurroundings();
  const words = useCatalogueWords();
  const [name, setName] = useState<DocumentName>(() => (new URLSearchParams(location.search).get('document') === 'organisation' ? 'organisation' : 'catalogue'));
  const draft = useDraft(name);
  const choose = (next: DocumentName) => {
    history.replaceState(history.state, '', next === 'catalogue' ? location.pathname : `?document=${next}`);
    setName(next);
  };
  return (
    <div className="page">
      <TopBar me={me} onSignOut={onSignOut} />
      {draft.loaded.kind === 'ready'
        ? <Workbench key={name} name={name} draft={draft.loaded.draft} actions={draft} may={me.role === 'hq-admin'} clockAheadMs={clockAheadMs} onName={choose} />
        : <main><p className="empty" role="status">{draft.loaded.kind === 'loading' ? t.loading : words.failed(words.documents[name], format.clock(draft.loaded.since))}</p></main>}
    </div>
  );
}
