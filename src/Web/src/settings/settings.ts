export type Language = 'zh' | 'en';
export type Theme = 'auto' | 'light' | 'dark';

export interface Settings {
  readonly language: Language;
  readonly theme: Theme;
  /** Red up and green down, as on Chinese screens, or the other way round. */
  readonly market: 'red-up' | 'green-up';
  /** Single letters act. Off for those whose speech input types them (WCAG 2.1.4). */
  readonly letters: boolean;
}

const defaults: Settings = { language: 'zh', theme: 'auto', market: 'red-up', letters: true };
const key = 'engagement.settings';

/** Settings belong to this browser. What cannot be read counts as not set. */
export function loadSettings(storage: Storage): Settings {
  try {
    const stored = JSON.parse(storage.getItem(key) ?? '{}') as Partial<Settings>;
    return {
      language: stored.language === 'en' ? 'en' : defaults.language,
      theme: stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : defaults.theme,
      market: stored.market === 'green-up' ? 'green-up' : defaults.market,
      letters: stored.letters !== false,
    };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return defaults;
    }
    throw error;
  }
}

export function saveSettings(storage: Storage, settings: Settings): void {
  storage.setItem(key, JSON.stringify(settings));
}

/** The tokens ask the root for theme and market; nothing else on a screen does. */
export function applySettings(root: HTMLElement, settings: Settings, prefersDark: boolean): void {
  root.lang = settings.language === 'zh' ? 'zh-CN' : 'en';
  root.dataset['theme'] = settings.theme === 'dark' || (settings.theme === 'auto' && prefersDark) ? 'dark' : 'light';
  root.dataset['market'] = settings.market;
}
