import { answerMsMax } from '../connection/timing';
import { signedOut } from '../session/signedOut';

/** An answer that was not a success. `code` is the stable code of the problem, or `http.<status>` where there is none. */
export class Problem extends Error {
  constructor(readonly status: number, readonly code: string, detail: string,
    /** When the engine wants to be asked again; null: it did not say. */
    readonly retryAfterMs: number | null = null) {
    super(detail);
  }
}

type Method = 'GET' | 'POST' | 'DELETE';

/** The session is a cookie, which the browser keeps away from scripts; nothing here holds a token. */
export async function request<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? { Accept: 'application/json' } : { Accept: 'application/json', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) {
    // A refused sign-in is an answer to who asked for it.
    if (response.status === 401 && path !== '/v1/session') {
      signedOut();
    }
    throw await problemOf(response);
  }
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/**
 * A reading that is not answered in time is given up: on a line that fell silent it would keep one of the few connections that a
 * browser has to one host, and after some of them nothing could connect again.
 */
export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => {
  const late = AbortSignal.timeout(answerMsMax);
  return request<T>('GET', path, undefined, signal === undefined ? late : AbortSignal.any([signal, late]));
};

async function problemOf(response: Response): Promise<Problem> {
  const fallback = `http.${response.status}`;
  const body: unknown = await response.json().catch(() => undefined);
  const { code, detail } = (typeof body === 'object' && body !== null ? body : {}) as { code?: string; detail?: string };
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  return new Problem(response.status, code ?? fallback, detail ?? response.statusText, seconds >= 0 ? seconds * 1_000 : null);
}
