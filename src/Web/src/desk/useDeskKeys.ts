import { useKeys } from '../keys/useKeys';
import { useSurroundings } from '../settings/SettingsContext';
import { usePageActions } from '../shell/actions';
import { openClient } from '../shell/clients';
import { choiceKeys } from './Ask';
import type { Actions } from './useActions';

interface DeskMoves {
  readonly move: (by: number) => void;
  readonly open: () => void;
  readonly back: () => void;
  readonly retry: () => void;
  readonly takeIn: () => void;
  readonly find: () => void;
  /** The client of the selected prompt. */
  readonly client: string | null;
}

/** The keys of the desk, and their names for the palette. */
export function useDeskKeys(actions: Actions, { client, ...moves }: DeskMoves): void {
  const { t, settings } = useSurroundings();
  const whole = () => {
    if (client !== null) {
      openClient(client);
    }
  };
  const accept = () => actions.act('accept');
  const snooze = () => actions.act('snooze');
  const dismiss = () => actions.act('dismiss');
  const done = () => actions.act('done');

  useKeys({
    j: () => moves.move(1), k: () => moves.move(-1),
    arrowdown: () => moves.move(1), arrowup: () => moves.move(-1),
    enter: moves.open, escape: moves.back,
    a: accept, s: snooze, d: dismiss, f: done,
    u: actions.undo, r: moves.retry, n: moves.takeIn, o: whole,
    '/': moves.find,
    ...(actions.asking === null ? {} : choiceKeys(actions.asking.action, actions.answer)),
  }, settings.letters);

  usePageActions([
    { keys: ['J', 'K', '↓', '↑'], what: t.keys.move }, { keys: ['Enter'], what: t.keys.open, run: moves.open }, { keys: ['Esc'], what: t.keys.back },
    { keys: ['A'], what: t.keys.accept, run: accept }, { keys: ['S'], what: t.keys.snooze, run: snooze },
    { keys: ['D'], what: t.keys.dismiss, run: dismiss }, { keys: ['F'], what: t.keys.done, run: done }, { keys: ['U'], what: t.keys.undo, run: actions.undo },
    { keys: ['R'], what: t.keys.retry, run: moves.retry }, { keys: ['N'], what: t.keys.takeIn, run: moves.takeIn },
    { keys: ['O'], what: t.keys.wholeClient, run: whole }, { keys: ['/'], what: t.keys.find, run: moves.find },
  ]);
}
