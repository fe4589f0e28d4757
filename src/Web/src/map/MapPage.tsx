import { TopBar } from '../desk/TopBar';
import { useSurroundings } from '../settings/SettingsContext';
import type { PageProps } from '../shell/Shell';

export function MapPage({ me, onSignOut }: PageProps) {
  const { t } = useSurroundings();
  return (
    <div className="page">
      <TopBar me={me} onSignOut={onSignOut} />
      <main><p className="empty">{t.pages.missing}</p></main>
    </div>
  );
}
