import { useCallback } from 'react';
import { navigate, useSearch } from '../shell/router';
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
  const place = placeOf(useSearch(), root);
  const go = useCallback((change: Partial<Place>) => {
    const held = placeOf(location.search, root);
    const next = { ...held, ...change };
    navigate(`/map?node=${encodeURIComponent(next.node).replaceAll('%3A', ':')}&measure=${next.measure}`, next.node === held.node ? 'replace' : 'push');
  }, [root]);
  return [place, go];
}
