import { Problem } from '../api/http';
import { signedOut } from '../session/signedOut';
import type { Language } from '../settings/settings';

export type DocumentName = 'catalogue' | 'organisation';

export interface Version {
  readonly version: number;
  readonly publishedAt?: string;
  readonly by?: string;
  /** In place of `publishedAt` where it never took effect, or not yet. */
  readonly sentAt?: string;
  /** `waiting`: for a second person. Only published ones are, or were, in force. */
  readonly state?: 'published' | 'waiting' | 'rejected' | 'superseded';
}

/** A published version as this screen works with it: always text. */
export interface Published extends Version {
  readonly text: string;
  readonly json: boolean;
}

export interface Wrong {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
}

interface Answered extends Version {
  readonly document?: unknown;
}

/** JSON is shown indented; it is published as JSON again. */
export function readPublished({ document, ...version }: Answered): Published {
  const json = document !== undefined && typeof document !== 'string';
  return { ...version, text: typeof document === 'string' ? document : json ? `${JSON.stringify(document, null, 2)}\n` : '', json };
}

/** What was JSON stays JSON, until somebody writes YAML in its place. */
export const isJson = (base: Published, text: string): boolean => base.json && text.trimStart().startsWith('{');

export type Answer =
  | { readonly kind: 'ok'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'wrong'; readonly problems: readonly Wrong[] }
  | { readonly kind: 'stale' }
  | { readonly kind: 'failed'; readonly status: number; readonly detail: string };

interface Sent {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly text: string;
  readonly json: boolean;
  readonly language: Language;
  readonly ifMatch?: number;
  readonly signal?: AbortSignal;
}

/** Sends a document. What is wrong with it is an answer, in the language of the page. */
export async function sendDocument({ method, path, text, json, language, ifMatch, signal }: Sent): Promise<Answer> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      'Accept': 'application/json', 'Accept-Language': language, 'Content-Type': json ? 'application/json' : 'application/yaml',
      ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
    },
    body: text,
    ...(signal === undefined ? {} : { signal }),
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    return { kind: 'ok', status: response.status, body };
  }
  const problem = (body ?? {}) as { errors?: readonly Wrong[]; detail?: string };
  if (response.status === 401) {
    signedOut();
    throw new Problem(401, 'http.401', '');
  }
  return response.status === 422 ? { kind: 'wrong', problems: problem.errors ?? [] }
    : response.status === 412 ? { kind: 'stale' }
    : { kind: 'failed', status: response.status, detail: problem.detail ?? response.statusText };
}
