import { useEffect, useState } from 'react';
import { get, request } from '../api/http';
import type { DemoPerson } from '../api/types';
import { TopBar } from '../desk/TopBar';
import { People } from '../session/People';
import { useSurroundings } from '../settings/SettingsContext';
import { usePageActions } from '../shell/actions';
import { navigate } from '../shell/router';
import type { PageProps } from '../shell/Shell';
import '../styles/demo.css';
import { Controls } from './Controls';
import { Days } from './Days';
import { useDemo } from './DemoContext';
import { useDemoWords } from './useDemoWords';
import { useRate } from './useRate';

/** What the demo plays, how fast, and as whom one looks at it. */
export function DemoPage({ me, onSignOut, onSignedIn }: PageProps) {
  const { t, format } = useSurroundings();
  const words = useDemoWords();
  const demo = useDemo();
  const [refused, setRefused] = useState(false);
  const [people, setPeople] = useState<readonly DemoPerson[]>([]);
  usePageActions([]);
  useEffect(() => {
    const reading = new AbortController();
    // Where they cannot be read, playing goes on without them.
    get<DemoPerson[]>('/v1/demo/people', reading.signal).then(setPeople, () => undefined);
    return () => reading.abort();
  }, []);

  const { value, at, failure } = demo?.status ?? { value: null, at: 0, failure: null };
  const rate = useRate(value?.sent ?? null, at);

  const enter = (person: string) => {
    // Not before it is known who that is: the one before may have no desk, or another.
    request('POST', '/v1/session', { person }).then(() => onSignedIn().then(() => navigate('/desk')), () => setRefused(true));
  };
  return (
    <div className="page">
      <TopBar me={me} onSignOut={onSignOut} />
      <main className="demo" tabIndex={-1} aria-label={t.pages.demo}>
        <div className="now">
          <h1>{t.pages.demo}</h1>
          {demo === null ? <p className="q">{words.none}</p> : (
            <>
              <p className="s">{words.what}</p>
              {failure !== null && <p className="problem" role="status">{words.failed(format.clock(failure.since))}</p>}
              <Controls demo={demo} />
              <dl className="figures">
                <div><dt>{words.clients}</dt><dd>{value === null ? t.none : format.number(value.clients)}</dd></div>
                <div><dt>{words.sent}</dt><dd>{value === null ? t.none : format.number(value.sent)}</dd></div>
                <div><dt>{words.rate}</dt><dd>{rate === null ? t.none : format.number(rate)}</dd></div>
              </dl>
              <Days days={value?.days ?? []} today={value?.day ?? null} />
            </>
          )}
        </div>
        {people.length > 0 && (
          <section className="as" aria-label={words.people}>
            <h2>{words.people}</h2>
            <p className="q">{words.peopleNote}</p>
            <People people={people} present={me.sub} onPick={enter} />
            <p className="problem" role="alert">{refused ? t.signIn.failed : ''}</p>
          </section>
        )}
      </main>
    </div>
  );
}
