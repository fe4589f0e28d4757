import { useEffect, useState } from 'react';
import { usePolled } from '../api/usePolled';
import type { Me } from '../api/types';
import { TopBar } from './TopBar';
import { Desk } from './Desk';
import { useSurroundings } from '../settings/SettingsContext';

export interface DeskPageProps {
  readonly me: Me;
  /** How far the engine's clock is ahead of this computer's. */
  readonly clockAheadMs: number;
  readonly onSignOut: () => void;
}

/** A desk may come: with an organisation that is being published, or a mandate that begins. */
const askEveryMs = 2_000;

function NoDesk({ me, onSignOut, onDesk }: { me: Me; onSignOut: () => void; onDesk: (desk: string) => void }) {
  const { t } = useSurroundings();
  const [asked] = usePolled<Me>('/v1/me', askEveryMs);
  const given = asked.value?.desks[0];
  useEffect(() => {
    if (given !== undefined) {
      onDesk(given);
    }
  }, [given, onDesk]);
  return (
    <div className="page">
      <TopBar me={me} onSignOut={onSignOut} />
      <main><p className="empty" role="status">{t.desk.none}</p></main>
    </div>
  );
}

/** The desk page of one person: the first of the desks that he may open, or the one that the address names. */
export function DeskPage({ me, clockAheadMs, onSignOut }: DeskPageProps) {
  const [desk, setDesk] = useState(() => {
    const named = new URLSearchParams(location.search).get('desk');
    return named !== null && me.desks.includes(named) ? named : me.desks[0];
  });

  if (desk === undefined) {
    return <NoDesk me={me} onSignOut={onSignOut} onDesk={setDesk} />;
  }
  const choose = (next: string) => {
    history.replaceState(history.state, '', `?desk=${encodeURIComponent(next)}`);
    setDesk(next);
  };
  return <Desk key={desk} desk={desk} me={me} clockAheadMs={clockAheadMs} onChooseDesk={choose} onSignOut={onSignOut} />;
}
