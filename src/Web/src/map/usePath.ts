import { useEffect, useMemo, useRef } from 'react';
import { useSurroundings } from '../settings/SettingsContext';
import type { MapSnapshot } from './messages';
import { wayTo, type Known } from './path';
import { provinceOf } from './provinces';
import { useMapWords } from './useMapWords';
import { useReadings } from './useReadings';
import { nameIn, provinceCodeOf, type MapView } from './view';

export interface Crumb {
  readonly node: string;
  readonly name: string;
}

export interface Path {
  readonly crumbs: readonly Crumb[];
  /** GB/T 2260, of what is looked at or of what it stands under. */
  readonly province: number | null;
}

/** The way from the top to a node: from what was seen on the way down, or asked for where the address led straight to it. */
export function usePath(root: string, node: string, view: MapView | null): Path {
  const { settings: { language } } = useSurroundings();
  const words = useMapWords();
  const seen = useRef(new Map<string, Known>());
  if (view !== null) {
    const { self, parent } = view;
    seen.current.set(self.node, { name: self.name, parent, province: self.province });
    view.parts.forEach((part) => seen.current.set(part.node, { name: part.name, parent: self.node, province: part.province }));
  }
  const nodes = wayTo(root, node, seen.current);
  const missing = nodes.filter((each) => each !== 'hq' && provinceCodeOf(each) === null && each !== node && !seen.current.has(each));
  const paths = useMemo(() => missing.map((each) => `/v1/map/${each}`), [missing.join()]);
  const readings = useReadings<MapSnapshot>(paths, root);
  useEffect(() => {
    readings.values.forEach(({ node: read, name, parent, province }) =>
      seen.current.set(read, { name: name ?? null, parent: parent ?? null, province: province ?? null }));
  }, [readings]);

  const crumbs = nodes.map((each) => {
    const code = provinceCodeOf(each);
    const name = each === 'hq' ? words.nation
      : code !== null ? provinceOf(code)?.name[language] ?? String(code)
        : nameIn(language, seen.current.get(each)?.name ?? readings.values.get(`/v1/map/${each}`)?.name ?? null, each);
    return { node: each, name };
  });
  const province = nodes.map((each) => provinceCodeOf(each) ?? seen.current.get(each)?.province ?? null).findLast((code) => code !== null) ?? null;
  return { crumbs, province };
}
