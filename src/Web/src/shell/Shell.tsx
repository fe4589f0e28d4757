import { Suspense, lazy, useEffect, useMemo } from 'react';
import type { Me } from '../api/types';
import { KeysDialog } from '../keys/KeysDialog';
import { useSurroundings } from '../settings/SettingsContext';
import { DemoProvider } from '../demo/DemoContext';
import { ActionsProvider, type Opened } from './actions';
import { Palette } from './Palette';
import { firstOf, homeOf, places, placesOf } from './places';
import { followed, navigate, restOf, usePathname } from './router';
import { TopBar } from '../desk/TopBar';
import { usePlaceKeys } from './usePlaceKeys';

/** What every page is given. */
export interface PageProps {
  readonly me: Me;
  /** How far the engine's clock is ahead of this computer's. */
  readonly clockAheadMs: number;
  readonly onSignOut: () => void;
  /** Somebody else has signed in on this page. */
  readonly onSignedIn: () => Promise<void>;
}

const DeskPage = lazy(() => import('../desk/DeskPage').then(({ DeskPage }) => ({ default: DeskPage })));
const CataloguePage = lazy(() => import('../catalogue/CataloguePage').then(({ CataloguePage }) => ({ default: CataloguePage })));
const ClientPage = lazy(() => import('../clientPage/ClientPage').then(({ ClientPage }) => ({ default: ClientPage })));
const DemoPage = lazy(() => import('../demo/DemoPage').then(({ DemoPage }) => ({ default: DemoPage })));
const LicencesPage = lazy(() => import('../licences/LicencesPage').then(({ LicencesPage }) => ({ default: LicencesPage })));
const MapPage = lazy(() => import('../map/MapPage').then(({ MapPage }) => ({ default: MapPage })));

/** The frame of a signed-in person: which page, and the keys that work on each. */
export function Shell(props: PageProps) {
  return (
    <ActionsProvider>
      {(opened, open) => <DemoProvider on={props.me.demo === true}><Framed {...props} opened={opened} open={open} /></DemoProvider>}
    </ActionsProvider>
  );
}

function Framed({ opened, open, ...props }: PageProps & { opened: Opened; open: (what: Opened) => void }) {
  const { t, settings } = useSurroundings();
  const path = usePathname();
  const own = useMemo(() => placesOf(props.me), [props.me]);
  usePlaceKeys(own, settings.letters, open);

  const home = homeOf(props.me);
  useEffect(() => {
    // The engine sends everybody to the desk; who has none begins elsewhere.
    if (path === '/desk' && !own.some(({ id }) => id === 'desk')) {
      navigate(home, 'replace');
    }
  }, [path, own, home]);

  const place = places.find((each) => each.path === path);
  useEffect(() => {
    document.title = [restOf(path, '/clients/') ?? (place === undefined ? null : t.pages[place.id]), t.product].filter((part) => part !== null).join(' · ');
  }, [path, place, t]);

  return (
    <>
      <Suspense fallback={<div className="page"><TopBar me={props.me} onSignOut={props.onSignOut} /><main aria-busy="true" /></div>}>
        <PageAt path={path} {...props} />
      </Suspense>
      {opened === 'palette' && <Palette places={own} onClose={() => open(null)} />}
      {opened === 'keys' && <KeysDialog onClose={() => open(null)} />}
    </>
  );
}

function PageAt({ path, ...props }: PageProps & { path: string }) {
  const { t } = useSurroundings();
  const client = restOf(path, '/clients/');
  const home = firstOf(props.me);
  switch (path) {
    case '/desk':
      return <DeskPage {...props} />;
    case '/catalogue':
      return <CataloguePage {...props} />;
    case '/demo':
      return <DemoPage {...props} />;
    case '/licences':
      return <LicencesPage {...props} />;
    case '/map':
      return <MapPage {...props} />;
    default:
      if (client !== null) {
        return <ClientPage key={client} id={client} {...props} />;
      }
      return (
        <div className="page">
          <TopBar me={props.me} onSignOut={props.onSignOut} />
          <main><p className="empty">{t.pages.unknown} <a href={home.path} onClick={followed}>{t.pages.home(t.pages[home.id])}</a></p></main>
        </div>
      );
  }
}
