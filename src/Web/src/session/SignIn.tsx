import { useEffect, useState, type FormEvent } from 'react';
import { Problem, get, request } from '../api/http';
import type { DemoPerson } from '../api/types';
import { useSurroundings } from '../settings/SettingsContext';
import { People } from './People';

/** All that a signed-out visitor sees: the people of the demo, or a field for a token. */
export function SignIn({ unreachable, onSignedIn }: { unreachable: boolean; onSignedIn: () => void }) {
  const { t, settings, change } = useSurroundings();
  const [people, setPeople] = useState<readonly DemoPerson[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    if (!unreachable) {
      get<DemoPerson[]>('/v1/demo/people').then(setPeople, () => setPeople([]));
    }
  }, [unreachable]);

  const enter = (body: { person: string } | { token: string }) => {
    setFailure(null);
    request('POST', '/v1/session', body).then(onSignedIn, (error: unknown) => {
      setFailure(error instanceof Problem && error.status < 500 ? t.signIn.refused : t.signIn.failed);
    });
  };

  return (
    <main className="signin">
      <header>
        <h1>{t.product}</h1>
        <button className="btn" lang={settings.language === 'zh' ? 'en' : 'zh-CN'} onClick={() => change({ language: settings.language === 'zh' ? 'en' : 'zh' })}>
          {settings.language === 'zh' ? 'English' : '中文'}
        </button>
      </header>
      <h2>{t.signIn.title}</h2>
      {people !== null && (people.length > 0 ? <><p className="q">{t.signIn.demo}</p><People people={people} onPick={(person) => enter({ person })} /></> : <TokenForm onToken={(token) => enter({ token })} />)}
      <p role="alert" className="problem">{failure ?? (unreachable ? t.signIn.failed : '')}</p>
    </main>
  );
}

function TokenForm({ onToken }: { onToken: (token: string) => void }) {
  const { t } = useSurroundings();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = new FormData(event.currentTarget).get('token');
    if (typeof token === 'string' && token.trim() !== '') {
      onToken(token.trim());
    }
  };
  return (
    <form onSubmit={submit} className="token">
      <label htmlFor="token">{t.signIn.token}</label>
      <input id="token" name="token" type="password" autoComplete="off" aria-describedby="token-hint" required autoFocus />
      <p id="token-hint" className="t12 q">{t.signIn.tokenHint}</p>
      <button className="btn main">{t.signIn.submit}</button>
    </form>
  );
}
