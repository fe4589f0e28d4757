import { useSurroundings } from '../settings/SettingsContext';
import type { Pages } from './usePages';
import { useClientWords } from './useClientWords';

/** The end of a list: how much of it is shown, and the way to what is older. */
export function Earlier({ pages, onEarlier }: { pages: Pages<unknown>; onEarlier: () => void }) {
  const { t } = useSurroundings();
  const words = useClientWords();
  return (
    <p className="earlier">
      <span role="status">{pages.items === null ? t.loading : words.shown(pages.items.length)}{!pages.more && pages.items !== null && `${t.listComma}${words.beginning}`}</span>
      {pages.more && <button className="btn" disabled={pages.reading} onClick={onEarlier}>{words.earlier}</button>}
    </p>
  );
}
