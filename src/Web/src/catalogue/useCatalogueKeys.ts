import { useEffect, useRef, type RefObject } from 'react';
import { useKeys } from '../keys/useKeys';
import { useSurroundings } from '../settings/SettingsContext';
import { usePageActions } from '../shell/actions';
import type { EditorHandle } from './Editor';
import { useCatalogueWords } from './useCatalogueWords';

interface CatalogueMoves {
  readonly handle: RefObject<EditorHandle | null>;
  readonly preview: () => void;
  /** Absent: not now. */
  readonly publish: (() => void) | undefined;
  readonly closeComparison: (() => void) | undefined;
}

/** The keys of the page. Combinations work inside the text too: the editor takes its own first. */
export function useCatalogueKeys({ handle, preview, publish, closeComparison }: CatalogueMoves): void {
  const { settings } = useSurroundings();
  const { keys } = useCatalogueWords();
  const previewNow = useRef(preview);
  useEffect(() => { previewNow.current = preview; });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      // Ahead of the browser's own print.
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'p') {
        event.preventDefault();
        previewNow.current();
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);

  useKeys({
    f8: () => handle.current?.nextWrong(),
    enter: () => handle.current?.focus(),
    ...(closeComparison === undefined ? {} : { escape: closeComparison }),
  }, settings.letters);
  usePageActions([
    { keys: ['F8'], what: keys.next, run: () => handle.current?.nextWrong() }, { keys: ['Alt', 'Enter'], what: keys.mend, run: () => handle.current?.mend() },
    { keys: ['Ctrl', 'P'], what: keys.preview, run: preview }, { keys: ['Ctrl', 'Space'], what: keys.complete }, { keys: ['Enter'], what: keys.edit, run: () => handle.current?.focus() },
    { keys: ['Esc'], what: keys.leave }, ...(publish === undefined ? [] : [{ keys: [], what: keys.publish, run: publish }]),
  ]);
}
