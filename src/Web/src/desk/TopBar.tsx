import { useState, type ReactNode } from 'react';
import type { Me } from '../api/types';
import { SettingsDialog } from '../settings/SettingsDialog';
import { useDemo } from '../demo/DemoContext';
import { useDemoWords } from '../demo/useDemoWords';
import { useSurroundings } from '../settings/SettingsContext';
import { useShell } from '../shell/actions';
import { placesOf } from '../shell/places';
import { followed, usePathname } from '../shell/router';

/** The product, the pages of this person, and at the end what the page itself has to say, and who is signed in. */
export function TopBar({ me, onSignOut, children }: { me: Me; onSignOut: () => void; children?: ReactNode }) {
  const { t, settings } = useSurroundings();
  const { openPalette } = useShell();
  const path = usePathname();
  const [open, setOpen] = useState(false);
  const name = typeof me.name === 'object' && me.name !== null ? me.name[settings.language] : me.name;
  const who = [name ?? me.sub, t.roles[me.role]].join(settings.language === 'zh' ? '，' : ', ');
  return (
    <header className="bar">
      <button className="menu" aria-label={t.palette.title} onClick={openPalette}>☰</button>
      <span className="name">{t.product}</span>
      <nav aria-label={t.pages.label}>
        {placesOf(me).map((place) => (place.missing === undefined
          ? <a key={place.id} href={place.path} onClick={followed} {...(place.path === path ? { 'aria-current': 'page' as const } : {})}>{t.pages[place.id]}{place.demo === true && <DemoTime />}</a>
          : <a key={place.id} role="link" aria-disabled="true" title={t.pages.missing}>{t.pages[place.id]}</a>))}
      </nav>
      <div className="end">
        {children}
        <span className="t12 s who cut" title={me.sub}>{who}</span>
        <button className="plain" onClick={() => setOpen(true)}>{t.settings.title}</button>
        <button className="plain" onClick={onSignOut}>{t.signIn.out}</button>
      </div>
      {open && <SettingsDialog onClose={() => setOpen(false)} />}
    </header>
  );
}

/** Where the market of the demo stands: its keys work on every page, so every page says what they did. */
function DemoTime() {
  const words = useDemoWords();
  const status = useDemo()?.status.value ?? null;
  return <span className="demo-time">{status === null ? '' : `${status.time} ${status.paused ? words.paused : words.times(String(status.speed))}`}</span>;
}
