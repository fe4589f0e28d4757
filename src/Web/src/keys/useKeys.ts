import { useEffect, useRef } from 'react';

export type Bindings = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Single letters can be switched off (WCAG 2.1.4); arrows, Enter and Esc stay. */
const isLetter = (key: string): boolean => key.length === 1;

/** Keys of a page. `event.key` in lower case names the binding; nothing is taken from a field, a dialog or a combination. */
export function useKeys(bindings: Bindings, letters: boolean): void {
  const latest = useRef(bindings);
  useEffect(() => { latest.current = bindings; });

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || composes(event) || event.defaultPrevented || isOccupied(event)) {
        return;
      }
      const key = event.key.toLowerCase();
      const bound = latest.current[key];
      if (bound !== undefined && (letters || !isLetter(key))) {
        event.preventDefault();
        bound(event);
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [letters]);
}

/** A key that an input method takes to compose a word: Enter then chooses the word, and is no command. Some browsers say so by its code alone. */
export const composes = (event: { readonly isComposing: boolean; readonly keyCode: number }): boolean => event.isComposing || event.keyCode === 229;

/** Does what has the focus take this key itself? A field inside a component's own tree counts too. */
export function isOccupied(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  // A button that has the focus is pressed by Enter, not passed over.
  const own = event.key === 'Enter' && target.closest('button, a, summary') !== null;
  return own || target.isContentEditable || target.closest('input, textarea, select, dialog') !== null;
}
