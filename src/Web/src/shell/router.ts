import { useSyncExternalStore, type MouseEvent } from 'react';

const listeners = new Set<() => void>();

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  addEventListener('popstate', changed);
  return () => {
    listeners.delete(changed);
    removeEventListener('popstate', changed);
  };
}

/** The path of the page that is shown. What stands behind it (`?desk=`) belongs to the page. */
export const usePathname = (): string => useSyncExternalStore(subscribe, () => location.pathname);

/** What stands behind the path, for a page that keeps there what it looks at. */
export const useSearch = (): string => useSyncExternalStore(subscribe, () => location.search);

/** Marks an entry of the history that has one of these pages before it. */
const inside = { inside: true };

/** Goes to another page without loading the screens anew. */
export function navigate(to: string, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](how === 'push' ? inside : history.state, '', to);
  listeners.forEach((changed) => changed());
}

/** For `onClick` of a link: what opens another tab or window stays the browser's. */
export function followed(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    navigate(event.currentTarget.pathname + event.currentTarget.search);
  }
}

/** The rest of the path behind `prefix`, decoded; null where the path is another one, or cannot be decoded. */
export function restOf(path: string, prefix: string): string | null {
  if (!path.startsWith(prefix) || path.length === prefix.length) {
    return null;
  }
  try {
    return decodeURIComponent(path.slice(prefix.length));
  } catch (error) {
    if (error instanceof URIError) {
      return null;
    }
    throw error;
  }
}

/** The page before this one, or `home` where this one was opened directly: what stands before it then is not ours. */
export function goBack(home: string): void {
  if ((history.state as Partial<typeof inside> | null)?.inside === true) {
    history.back();
  } else {
    navigate(home);
  }
}
