import type { Completion } from '@codemirror/autocomplete';
import type { Formats } from '../i18n/format';
import type { CatalogueWords } from '../i18n/catalogue.zh';
import type { Estimates } from './estimates';

/** What completion needs to say how many clients something concerns; null: this person may not ask. */
export interface Figures {
  readonly estimates: Estimates;
  readonly format: Formats;
}

/** What a name means, and as soon as it is known, how many clients an example of it matches. */
export function infoOf(name: string, meaning: string | undefined, texts: CatalogueWords, figures: Figures | null): Completion['info'] {
  if (figures === null || !figures.estimates.has(name)) {
    return meaning;
  }
  return () => noteOf(meaning, figures.estimates.of(name).then((found) => (found === null || found.clients === 0 ? [] : [
    line('code', found.example), line('p', texts.matches(figures.format.percentTenth(found.matching / found.clients), figures.format.number(found.clients))),
  ])));
}

/** How many are in a published segment. */
export function membersOf(segment: string, texts: CatalogueWords, figures: Figures | null): Completion['info'] {
  return figures === null ? undefined
    : () => noteOf(undefined, figures.estimates.membersOf(segment).then((count) => [line('p', count === null ? texts.membersUnknown : texts.members(figures.format.number(count)))]));
}

function noteOf(meaning: string | undefined, later: Promise<readonly HTMLElement[]>): HTMLElement {
  const note = document.createElement('div');
  if (meaning !== undefined) {
    note.append(line('p', meaning));
  }
  void later.then((lines) => note.append(...lines));
  return note;
}

function line(kind: 'p' | 'code', text: string): HTMLElement {
  const element = document.createElement(kind);
  element.textContent = text;
  return element;
}
