import { useSyncExternalStore } from 'react';

const root = document.documentElement;

function watch(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(root, { attributeFilter: ['data-theme', 'data-market'] });
  return () => observer.disconnect();
}

/** The theme that is on the root: what is painted, and not styled, must be painted again when it changes. */
export const useTheme = (): string => useSyncExternalStore(watch, () => root.dataset['theme'] ?? 'light');
