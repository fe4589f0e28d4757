import { useEffect } from 'react';
import { composes, isOccupied } from '../keys/useKeys';
import { navigate } from './router';
import type { Place } from './places';
import type { Opened } from './actions';

/** How long `G` waits for its second letter. */
const secondLetterMs = 1_500;

/**
 * `G` then a letter opens a page, `?` shows the keys, Ctrl K the palette. Heard before the page's own keys:
 * the second letter is often one of them.
 */
export function usePlaceKeys(places: readonly Place[], letters: boolean, open: (what: Opened) => void): void {
  useEffect(() => {
    let armedAt = -Infinity;
    const pressed = (event: KeyboardEvent) => {
      const take = () => {
        event.preventDefault();
        event.stopPropagation();
      };
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'k') {
        take();
        open('palette');
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || composes(event) || !letters || isOccupied(event)) {
        return;
      }
      const armed = event.timeStamp - armedAt < secondLetterMs;
      armedAt = -Infinity;
      const place = places.find(({ letter, missing }) => letter === key && missing === undefined);
      if (armed && place !== undefined) {
        take();
        navigate(place.path);
      } else if (key === 'g') {
        take();
        armedAt = event.timeStamp;
      } else if (key === '?') {
        take();
        open('keys');
      }
    };
    addEventListener('keydown', pressed, true);
    return () => removeEventListener('keydown', pressed, true);
  }, [places, letters, open]);
}
