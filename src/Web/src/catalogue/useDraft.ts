import { useCallback, useEffect, useState } from 'react';
import { Problem, get } from '../api/http';
import { browserTiming } from '../connection/timing';
import type { Language } from '../settings/settings';
import { readPublished, sendDocument, type DocumentName, type Published, type Wrong } from './documents';

/** A text that is being written, kept by this browser until it is published. It holds rules and no clients. */
export interface Draft {
  readonly base: Published;
  readonly text: string;
  readonly savedAt: number | null;
}

interface Kept {
  readonly version: number;
  readonly text: string;
  readonly at: number;
}

const keyOf = (name: DocumentName): string => `engagement.draft.${name}`;

function kept(name: DocumentName): Kept | null {
  try {
    const found = JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null') as Partial<Kept> | null;
    return found !== null && typeof found.text === 'string' && typeof found.version === 'number' && typeof found.at === 'number' ? found as Kept : null;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return null;
    }
    throw error;
  }
}

/** The newest where no other is asked for, or where that one is of another engine. */
function versionOf(name: DocumentName, version: number): Promise<Answered> {
  const newest = () => get<Answered>(`/v1/${name}`);
  return version === 0 ? newest() : get<Answered>(`/v1/${name}/versions/${version}`).catch((error: unknown) => {
    if (error instanceof Problem && error.status === 404) {
      return newest();
    }
    throw error;
  });
}

type Answered = Parameters<typeof readPublished>[0];

export type Loaded = { readonly kind: 'loading' } | { readonly kind: 'failed'; readonly since: number; readonly status: number } | { readonly kind: 'ready'; readonly draft: Draft };

export interface DraftActions {
  readonly loaded: Loaded;
  readonly write: (text: string) => void;
  /** The newest version again: as the new base, and `take` it as the text too. */
  readonly reload: (take: boolean) => void;
}

export function useDraft(name: DocumentName): DraftActions {
  const [state, setState] = useState<{ readonly name: DocumentName; readonly loaded: Loaded }>({ name, loaded: { kind: 'loading' } });

  const read = useCallback((choose: (base: Published, was: Draft | null) => { text: string; savedAt: number | null }, version = 0) => {
    versionOf(name, version).then((answer) => {
      const base = readPublished(answer);
      setState((was) => ({ name, loaded: { kind: 'ready', draft: { base, ...choose(base, was.name === name && was.loaded.kind === 'ready' ? was.loaded.draft : null) } } }));
    }, (error: unknown) => setState({ name, loaded: { kind: 'failed', since: Date.now(), status: error instanceof Problem ? error.status : 0 } }));
  }, [name]);

  // A draft goes on from the version that it was made from: where there is a newer one, publishing says so, and nothing is lost.
  useEffect(() => {
    const found = kept(name);
    read((base) => (found !== null && found.text !== base.text ? { text: found.text, savedAt: found.at } : { text: base.text, savedAt: null }), found?.version);
  }, [name, read]);

  const write = useCallback((text: string) => setState((was) => {
    if (was.loaded.kind !== 'ready') {
      return was;
    }
    const { base } = was.loaded.draft;
    const at = Date.now();
    if (text === base.text) {
      localStorage.removeItem(keyOf(name));
      return { name, loaded: { kind: 'ready', draft: { base, text, savedAt: null } } };
    }
    localStorage.setItem(keyOf(name), JSON.stringify({ version: base.version, text, at } satisfies Kept));
    return { name, loaded: { kind: 'ready', draft: { base, text, savedAt: at } } };
  }), [name]);

  const reload = useCallback((take: boolean) => read((base, was) => {
    if (take || was === null) {
      localStorage.removeItem(keyOf(name));
      return { text: base.text, savedAt: null };
    }
    return { text: was.text, savedAt: was.savedAt };
  }), [name, read]);

  return { loaded: state.name === name ? state.loaded : { kind: 'loading' }, write, reload };
}

/** An expression that is being written is no error until the typing stops. */
const restMs = 500;

export interface Checked {
  /** The text that was checked last; until it is the one on the screen, nobody knows. */
  readonly text: string | null;
  readonly wrongs: readonly Wrong[];
  readonly failed: boolean;
}

const unchecked: Checked = { text: null, wrongs: [], failed: false };

/** What the engine says is wrong with the text, each time the typing stops. */
export function useCheck(name: DocumentName, text: string | null, json: boolean, language: Language, may: boolean): Checked {
  const [checked, setChecked] = useState<Checked>(unchecked);
  useEffect(() => setChecked(unchecked), [name]);
  useEffect(() => {
    if (text === null || !may) {
      return undefined;
    }
    const asking = new AbortController();
    const cancel = browserTiming.after(restMs, () => {
      sendDocument({ method: 'POST', path: `/v1/${name}/check`, text, json, language, signal: asking.signal }).then(
        (answer) => setChecked({ text, wrongs: answer.kind === 'wrong' ? answer.problems : [], failed: answer.kind === 'failed' || answer.kind === 'stale' }),
        () => {
          if (!asking.signal.aborted) {
            setChecked((was) => ({ ...was, failed: true }));
          }
        },
      );
    });
    return () => {
      cancel();
      asking.abort();
    };
  }, [name, text, json, language, may]);
  return checked;
}
