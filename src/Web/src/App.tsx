import { useEffect } from 'react';
import { SignIn } from './session/SignIn';
import { useSession } from './session/useSession';
import { useSurroundings } from './settings/SettingsContext';
import { Shell } from './shell/Shell';

export function App() {
  const { t } = useSurroundings();
  const { session, ask, signOut } = useSession();

  useEffect(() => {
    if (session.kind !== 'in') {
      document.title = t.product;
    }
  }, [session.kind, t]);

  switch (session.kind) {
    case 'asking':
      return null;
    case 'in':
      return <Shell key={session.me.sub} me={session.me} clockAheadMs={session.clockAheadMs} onSignOut={signOut} onSignedIn={ask} />;
    default:
      return <SignIn unreachable={session.kind === 'unreachable'} onSignedIn={ask} />;
  }
}
