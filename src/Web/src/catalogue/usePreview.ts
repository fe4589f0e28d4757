import { useEffect, useRef, useState } from 'react';
import type { Language } from '../settings/settings';
import { sendDocument } from './documents';

interface Moves {
  readonly clients: number;
  readonly ids: readonly string[];
}

export interface PreviewSegment {
  readonly id: string;
  readonly members: number;
  readonly would: number;
  readonly enter: Moves;
  readonly leave: Moves;
}

export interface Counted {
  readonly version: number;
  readonly clients: number;
  readonly segments: readonly PreviewSegment[];
  readonly tiers: readonly { readonly from: string | null; readonly to: string | null; readonly clients: number }[];
}

export type Preview =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy'; readonly before: Extract<Preview, { kind: 'counted' }> | null }
  | { readonly kind: 'counted'; readonly text: string; readonly at: number; readonly counted: Counted }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'failed' };

/** Who would come and go under a text. Only the newest that was asked for is shown. */
export function usePreview(language: Language): readonly [Preview, (text: string, json: boolean) => void] {
  const [preview, setPreview] = useState<Preview>({ kind: 'none' });
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);

  const ask = (text: string, json: boolean) => {
    asking.current?.abort();
    const mine = new AbortController();
    asking.current = mine;
    const at = Date.now();
    setPreview((was) => ({ kind: 'busy', before: was.kind === 'counted' ? was : was.kind === 'busy' ? was.before : null }));
    sendDocument({ method: 'POST', path: '/v1/catalogue/preview', text, json, language, signal: mine.signal }).then(
      (answer) => setPreview(answer.kind === 'ok' ? { kind: 'counted', text, at, counted: answer.body as Counted } : { kind: answer.kind === 'wrong' ? 'wrong' : 'failed' }),
      () => {
        if (!mine.signal.aborted) {
          setPreview({ kind: 'failed' });
        }
      },
    );
  };
  return [preview, ask];
}
