import { npm, nuget } from 'virtual:licences';
import { TopBar } from '../desk/TopBar';
import { useSurroundings } from '../settings/SettingsContext';
import { usePageActions } from '../shell/actions';
import type { PageProps } from '../shell/Shell';

/** What others wrote and this product ships, with the licence that each package names. */
export function LicencesPage({ me, onSignOut }: PageProps) {
  const { t } = useSurroundings();
  usePageActions([]);
  return (
    <div className="page">
      <TopBar me={me} onSignOut={onSignOut} />
      <main className="licences" tabIndex={0} aria-label={t.licences.title}>
        <h1>{t.licences.title}</h1>
        <p className="q">{t.licences.note}</p>
        {([['npm', npm], ['NuGet', nuget]] as const).map(([source, packages]) => (
          <section key={source}>
            <h2>{source} <span className="q">{packages.length}</span></h2>
            <table aria-label={source}>
              <thead><tr><th scope="col">{t.licences.name}</th><th scope="col">{t.licences.version}</th><th scope="col">{t.licences.licence}</th></tr></thead>
              <tbody>
                {packages.map(({ name, version, licence }) => <tr key={`${name} ${version}`}><th scope="row">{name}</th><td className="mono">{version}</td><td>{licence ?? t.licences.unnamed}</td></tr>)}
              </tbody>
            </table>
          </section>
        ))}
      </main>
    </div>
  );
}
