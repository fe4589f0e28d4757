import { useCallback, useEffect, useState } from 'react';
import { isMeasureId, type MeasureId } from './measures';
import { levelOf } from './view';

export interface Place {
  readonly node: string;
  readonly measure: MeasureId;
}

function placeOf(search: string, root: string): Place {
  const asked = new URLSearchParams(search);
  const node = asked.get('node');
  const measure = asked.get('measure');
  return { node: node !== null && levelOf(node) !== null ? node : root, measure: isMeasureId(measure) ? measure : 'events' };
}

/** What is looked at stands in the address, so that it can be sent to somebody, and the browser's way back is the way up. */
export function usePlace(root: string): [Place, (change: Partial<Place>) => void] {
  const [place, setPlace] = useState(() => placeOf(location.search, root));

  useEffect(() => {
    const went = () => setPlace(placeOf(location.search, root));
    addEventListener('popstate', went);
    return () => removeEventListener('popstate', went);
  }, [root]);

  const go = useCallback((change: Partial<Place>) => {
    const held = placeOf(location.search, root);
    const next = { ...held, ...change };
    const asked = new URLSearchParams(location.search);
    asked.set('node', next.node);
    asked.set('measure', next.measure);
    const address = `?${asked.toString().replaceAll('%3A', ':')}`;
    if (next.node === held.node) {
      history.replaceState(history.state, '', address);
    } else {
      history.pushState(null, '', address);
    }
    setPlace(next);
  }, [root]);

  return [place, go];
}
