import { Suspense, lazy, useEffect } from 'react';
import { DeskPage } from './desk/DeskPage';
import { SignIn } from './session/SignIn';
import { useSession } from './session/useSession';
import { useSurroundings } from './settings/SettingsContext';

const MapPage = lazy(() => import('./map/MapPage').then((module) => ({ default: module.MapPage })));

export function App() {
  const { t } = useSurroundings();
  const { session, ask, signOut, ended } = useSession();

  useEffect(() => {
    document.title = session.kind === 'in' ? `${t.pages.desk} · ${t.product}` : t.product;
  }, [session.kind, t]);

  switch (session.kind) {
    case 'asking':
      return null;
    case 'in':
      if (location.pathname === '/map') {
        return <Suspense><MapPage me={session.me} clockAheadMs={session.clockAheadMs} onSignOut={signOut} onSignedOut={ended} /></Suspense>;
      }
      return <DeskPage key={session.me.sub} me={session.me} clockAheadMs={session.clockAheadMs} onSignOut={signOut} onSignedOut={ended} />;
    default:
      return <SignIn unreachable={session.kind === 'unreachable'} onSignedIn={ask} />;
  }
}
