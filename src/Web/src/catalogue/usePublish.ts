import { useEffect, useState } from 'react';
import { isJson, sendDocument, type DocumentName } from './documents';
import type { Draft } from './useDraft';
import type { Language } from '../settings/settings';

export type Publishing =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'published'; readonly version: number; readonly later: boolean }
  | { readonly kind: 'stale' }
  | { readonly kind: 'failed'; readonly detail: string | null };

/** Publishes a draft on the version that it is based on: a newer one of somebody else's is not overwritten. */
export function usePublish(name: DocumentName, language: Language, onPublished: () => void): readonly [Publishing, (draft: Draft) => void, () => void] {
  const [state, setState] = useState<Publishing>({ kind: 'idle' });
  useEffect(() => setState({ kind: 'idle' }), [name]);

  const publish = ({ base, text }: Draft) => {
    setState({ kind: 'busy' });
    sendDocument({ method: 'PUT', path: `/v1/${name}`, text, json: isJson(base, text), language, ifMatch: base.version }).then((answer) => {
      switch (answer.kind) {
        case 'ok':
          setState({ kind: 'published', version: (answer.body as { version: number }).version, later: answer.status === 202 });
          onPublished();
          break;
        case 'stale':
          setState({ kind: 'stale' });
          break;
        case 'wrong':
          setState({ kind: 'failed', detail: answer.problems[0]?.message ?? '' });
          break;
        case 'failed':
          setState({ kind: 'failed', detail: answer.detail });
          break;
      }
    }, () => setState({ kind: 'failed', detail: null }));
  };
  return [state, publish, () => setState({ kind: 'idle' })];
}
