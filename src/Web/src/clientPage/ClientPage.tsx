import { useMemo, useRef } from 'react';
import type { Role } from '../api/types';
import { ClientHead } from '../client/ClientHead';
import { ClientFacts } from '../client/ClientBody';
import { emptyFeed } from '../connection/feed';
import { ConnectionPill } from '../desk/ConnectionPill';
import { TopBar } from '../desk/TopBar';
import { useNames } from '../desk/useNames';
import { useKeys } from '../keys/useKeys';
import { useSurroundings } from '../settings/SettingsContext';
import { useNow } from '../settings/useNow';
import { usePageActions } from '../shell/actions';
import { homeOf } from '../shell/places';
import { goBack } from '../shell/router';
import type { PageProps } from '../shell/Shell';
import '../styles/clientPage.css';
import { AllDecisions } from './AllDecisions';
import { AllEvents } from './AllEvents';
import { Erase } from './Erase';
import { useClient } from './useClient';
import { useClientWords } from './useClientWords';

const mayErase: readonly Role[] = ['hq-admin', 'branch-manager', 'outlet-manager'];

/** One client in full: as he is, what happened, and why he was or was not contacted. */
export function ClientPage({ id, me, clockAheadMs, onSignOut }: PageProps & { readonly id: string }) {
  const { t, format, settings } = useSurroundings();
  const words = useClientWords();
  const now = useNow();
  const [client, line, again] = useClient(id);
  const seen = useRef(false);
  seen.current ||= client.value !== null;
  const names = useNames(emptyFeed, 0);
  const entry = useMemo(() => ({ client: client.value, at: client.at, failure: client.failure }), [client]);
  const back = () => goBack(homeOf(me));

  useKeys({ escape: back, r: again }, settings.letters);
  usePageActions([{ keys: ['Esc'], what: words.back, run: back }, { keys: ['R'], what: t.keys.retry, run: again }]);

  const status = line.endedAt === null ? client.failure?.status : 404;
  const since = format.clock(line.endedAt ?? client.failure?.since ?? now);
  return (
    <div className="page">
      <TopBar me={me} onSignOut={onSignOut}>
        {client.value !== null && <ConnectionPill health={line.health} heardAt={line.heardAt} now={now} />}
      </TopBar>
      <main className="whole" tabIndex={-1}>
        {status === 403 ? (
          <div className="nobody"><h1>{id}</h1><p role="status">{words.rights}</p>{mayErase.includes(me.role) && <Erase id={id} onErased={again} />}</div>
        ) : status === 404 ? (
          <div className="nobody"><h1>{id}</h1><p role="alert">{seen.current ? words.gone(since) : words.unknown(id)}</p><button className="btn" onClick={back}>{words.back} <kbd>Esc</kbd></button></div>
        ) : (
          <>
            <header className="wholehead"><ClientHead id={id} entry={entry} now={now} level="h1" /></header>
            {client.failure !== null && <p className="panel-failed" role="status">{t.client.failed(t.desk.load, since)} <kbd>R</kbd></p>}
            {client.value !== null && (
              <div className="wholebody">
                <div className="facts">
                  <h2 className="vh">{words.now}</h2>
                  <ClientFacts client={client.value} at={client.at} stamp={client.value.position} now={now + clockAheadMs} names={names} />
                  {mayErase.includes(me.role) && <Erase id={id} onErased={again} />}
                </div>
                <div className="course">
                  <h2 className="vh">{words.course}</h2>
                  <AllDecisions client={id} stamp={client.value.position} now={now + clockAheadMs} names={names} />
                  <AllEvents client={id} stamp={client.value.position} now={now + clockAheadMs} />
                </div>
              </div>
            )}
          </>
        )}
      </main>
    </div>
  );
}
