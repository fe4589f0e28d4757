import { useState } from 'react';
import { get } from '../api/http';
import type { Side } from './Difference';
import { readPublished, type DocumentName } from './documents';
import type { Draft } from './useDraft';
import type { CatalogueWords } from '../i18n/catalogue.zh';

export interface Comparison {
  readonly from: Side;
  readonly to: Side;
}

interface Compare {
  readonly shown: Comparison | null;
  readonly close: () => void;
  /** A version with the newest; null: the draft with its base. */
  readonly version: (version: number | null) => void;
  /** The newest with the draft. */
  readonly newest: () => void;
}

export function useComparison(name: DocumentName, draft: Draft | null, words: CatalogueWords): Compare {
  const [shown, show] = useState<Comparison | null>(null);
  const read = async (path: string): Promise<Side> => {
    const found = readPublished(await get(path));
    return { title: words.versionTitle(found.version), text: found.text };
  };
  // A version that cannot be read just now leaves the text on the screen; the list beside it says that reading fails.
  const ignore = () => show(null);
  return {
    shown,
    close: () => show(null),
    version: (version) => {
      if (draft === null) {
        return;
      }
      if (version === null) {
        show({ from: { title: words.versionTitle(draft.base.version), text: draft.base.text }, to: { title: words.draft, text: draft.text } });
      } else {
        Promise.all([read(`/v1/${name}/versions/${version}`), read(`/v1/${name}`)]).then(([from, to]) => show({ from, to }), ignore);
      }
    },
    newest: () => {
      if (draft !== null) {
        read(`/v1/${name}`).then((from) => show({ from, to: { title: words.draft, text: draft.text } }), ignore);
      }
    },
  };
}
