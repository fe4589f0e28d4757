import { useSurroundings } from '../settings/SettingsContext';
import { measureIds, valueOf, type Measures } from './measures';
import { Figure } from './Figure';
import { useMapWords } from './useMapWords';
import type { Part } from './view';

const plain = ['clients', 'events', 'promptsRaised', 'accepted', 'contracts', 'signedAssets'] as const satisfies readonly (keyof Measures)[];

/** Nothing stands under an advisor: in place of tiles, all that is counted of him. */
export function Facts({ self }: { self: Part }) {
  const { t, format } = useSurroundings();
  const words = useMapWords();
  const written = (key: (typeof plain)[number]): string => {
    const value = self.measures[key];
    return value === null ? t.none : key === 'signedAssets' ? format.moneyShort(value) : format.yuan(value);
  };
  return (
    <dl className={`facts${self.late ? ' old' : ''}`}>
      {measureIds.map((id) => <div key={id}><dt>{words.summary[id]}</dt><dd><Figure id={id} value={valueOf(id, self.measures)} coloured /></dd></div>)}
      {plain.map((key) => <div key={key}><dt>{words.facts[key]}</dt><dd>{written(key)}</dd></div>)}
    </dl>
  );
}
