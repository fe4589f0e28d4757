import type { Prompt } from '../api/types';
import type { Outgoing } from '../connection/outbox';
import type { Dictionary } from '../i18n/zh';
import type { Formats } from '../i18n/format';

export interface Mark {
  readonly look: 'open' | 'seen' | 'acc' | 'later' | 'pend' | 'queued' | 'fail' | 'gone';
  readonly text: string;
  /** The row is grey: nothing can be done here. */
  readonly off: boolean;
}

export interface Viewer {
  readonly desk: string;
  readonly sub: string;
}

/** The state of a row: first what this person just did, then what the engine says. */
export function markOf(prompt: Prompt, pending: Outgoing | undefined, viewer: Viewer, t: Dictionary, format: Formats, now: number): Mark {
  if (pending !== undefined) {
    switch (pending.phase) {
      case 'sending': return { look: 'pend', text: t.sending, off: false };
      case 'waiting': return { look: 'queued', text: t.queued, off: false };
      case 'failed': return { look: 'fail', text: t.undelivered, off: false };
    }
  }
  if (prompt.desk !== viewer.desk) {
    return { look: 'gone', text: t.moved, off: true };
  }
  const text = t.states[prompt.state];
  switch (prompt.state) {
    case 'open': return { look: 'open', text, off: false };
    case 'seen': return { look: 'seen', text, off: false };
    case 'snoozed': return { look: 'later', text: prompt.snoozedUntil == null ? text : `${text} ${format.until(prompt.snoozedUntil, now)}`, off: false };
    case 'accepted':
      return prompt.by == null || prompt.by === viewer.sub
        ? { look: 'acc', text, off: false }
        : { look: 'gone', text: t.takenBy(prompt.by), off: true };
    default: return { look: 'gone', text, off: true };
  }
}
