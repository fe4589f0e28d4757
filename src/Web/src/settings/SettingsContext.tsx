import { createContext, use, useLayoutEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { en } from '../i18n/en';
import { formatsFor, type Formats } from '../i18n/format';
import { zh, type Dictionary } from '../i18n/zh';
import { applySettings, loadSettings, saveSettings, type Settings } from './settings';

interface Surroundings {
  readonly settings: Settings;
  readonly change: (part: Partial<Settings>) => void;
  readonly t: Dictionary;
  readonly format: Formats;
}

const Context = createContext<Surroundings | null>(null);

/** The settings of this browser, and the words and formats that follow from them. */
export function useSurroundings(): Surroundings {
  const value = use(Context);
  if (value === null) {
    throw new Error('useSurroundings is used outside SettingsProvider.');
  }
  return value;
}

export function SettingsProvider({ children }: { children: ReactNode }) {
  const [settings, setSettings] = useState(() => loadSettings(localStorage));
  const dark = useSyncExternalStore(watchPrefersDark, prefersDark);

  useLayoutEffect(() => applySettings(document.documentElement, settings, dark), [settings, dark]);

  const value = useMemo<Surroundings>(() => ({
    settings,
    change: (part) => {
      const next = { ...settings, ...part };
      saveSettings(localStorage, next);
      setSettings(next);
    },
    t: settings.language === 'zh' ? zh : en,
    format: formatsFor(settings.language),
  }), [settings]);

  return <Context value={value}>{children}</Context>;
}

const darkQuery = matchMedia('(prefers-color-scheme: dark)');
const prefersDark = () => darkQuery.matches;

function watchPrefersDark(changed: () => void): () => void {
  darkQuery.addEventListener('change', changed);
  return () => darkQuery.removeEventListener('change', changed);
}
