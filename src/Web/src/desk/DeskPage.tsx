import { useState } from 'react';
import type { Me } from '../api/types';
import { TopBar } from './TopBar';
import { Desk } from './Desk';
import { useSurroundings } from '../settings/SettingsContext';

export interface DeskPageProps {
  readonly me: Me;
  /** How far the engine's clock is ahead of this computer's. */
  readonly clockAheadMs: number;
  readonly onSignOut: () => void;
  readonly onSignedOut: () => void;
}

/** The desk page of one person: the first of the desks that he may open, or the one that the address names. */
export function DeskPage({ me, clockAheadMs, onSignOut, onSignedOut }: DeskPageProps) {
  const { t } = useSurroundings();
  const [desk, setDesk] = useState(() => {
    const named = new URLSearchParams(location.search).get('desk');
    return named !== null && me.desks.includes(named) ? named : me.desks[0];
  });

  if (desk === undefined) {
    return (
      <div className="page">
        <TopBar me={me} onSignOut={onSignOut} />
        <main><p className="empty">{t.desk.none}</p></main>
      </div>
    );
  }
  const choose = (next: string) => {
    history.replaceState(null, '', `?desk=${encodeURIComponent(next)}`);
    setDesk(next);
  };
  return <Desk key={desk} desk={desk} me={me} clockAheadMs={clockAheadMs} onChooseDesk={choose} onSignOut={onSignOut} onSignedOut={onSignedOut} />;
}
