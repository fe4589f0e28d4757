import { useEffect, useRef, useState } from 'react';
import type { Language } from '../settings/settings';
import { sendDocument, type DocumentName } from './documents';

interface Some {
  readonly clients: number;
  readonly ids: readonly string[];
}

export interface PreviewSegment {
  readonly id: string;
  readonly members: number;
  readonly would: number;
  readonly enter: Some;
  readonly leave: Some;
}

export interface Counted {
  readonly version: number;
  readonly clients: number;
  readonly segments: readonly PreviewSegment[];
  readonly tiers: readonly { readonly from: string | null; readonly to: string | null; readonly clients: number }[];
}

/** What an organisation would move. */
export interface Moves {
  readonly version: number;
  readonly clients: number;
  readonly moved: number;
  readonly prompts: { readonly moved: number; readonly withdrawn: number };
  readonly branches: readonly { readonly id: string; readonly clients: number; readonly would: number; readonly waiting: number; readonly wouldWait: number; readonly served: number; readonly capacity: number }[];
  readonly mandates: readonly { readonly branch: string; readonly scope: string; readonly clients: number; readonly would: number }[];
  readonly desks: readonly { readonly desk: string; readonly come: number; readonly leave: number }[];
}

export type Preview<T> =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy'; readonly before: Extract<Preview<T>, { kind: 'counted' }> | null }
  | { readonly kind: 'counted'; readonly text: string; readonly at: number; readonly counted: T }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'failed' };

/** What would follow from a text: `Counted` of a catalogue, `Moves` of an organisation. Only the newest that was asked for is shown. */
export function usePreview<T>(name: DocumentName, language: Language): readonly [Preview<T>, (text: string, json: boolean) => void] {
  const [preview, setPreview] = useState<Preview<T>>({ kind: 'none' });
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);

  const ask = (text: string, json: boolean) => {
    asking.current?.abort();
    const mine = new AbortController();
    asking.current = mine;
    const at = Date.now();
    setPreview((was) => ({ kind: 'busy', before: was.kind === 'counted' ? was : was.kind === 'busy' ? was.before : null }));
    sendDocument({ method: 'POST', path: `/v1/${name}/preview`, text, json, language, signal: mine.signal }).then(
      (answer) => setPreview(answer.kind === 'ok' ? { kind: 'counted', text, at, counted: answer.body as T } : { kind: answer.kind === 'wrong' ? 'wrong' : 'failed' }),
      () => {
        if (!mine.signal.aborted) {
          setPreview({ kind: 'failed' });
        }
      },
    );
  };
  return [preview, ask];
}
