import { useState, type ReactNode } from 'react';
import type { Me } from '../api/types';
import { SettingsDialog } from '../settings/SettingsDialog';
import { useSurroundings } from '../settings/SettingsContext';

export function TopBar({ me, onSignOut, children }: { me: Me; onSignOut: () => void; children?: ReactNode }) {
  const { t, settings } = useSurroundings();
  const [open, setOpen] = useState(false);
  const name = typeof me.name === 'object' && me.name !== null ? me.name[settings.language] : me.name;
  const who = [name ?? me.sub, t.roles[me.role]].join(settings.language === 'zh' ? '，' : ', ');
  return (
    <header className="bar">
      <span className="name">{t.product}</span>
      <nav aria-label={t.pages.label}><a href="/desk" aria-current="page">{t.pages.desk}</a></nav>
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
