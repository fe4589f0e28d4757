import { useSurroundings } from '../settings/SettingsContext';
import type { Actions } from './useActions';

const reasons = ['no-need', 'already-in-touch', 'bad-time', 'prompt-wrong'] as const;
const outcomes = ['succeeded', 'interested', 'not-reached', 'declined'] as const;

/** 1 to 4 answer; the letter again takes the first. */
export function choiceKeys(action: 'dismiss' | 'done', answer: (choice: string) => void): Record<string, () => void> {
  const choices = action === 'dismiss' ? reasons : outcomes;
  return {
    ...Object.fromEntries(choices.map((choice, index) => [String(index + 1), () => answer(choice)])),
    [action === 'dismiss' ? 'd' : 'f']: () => answer(choices[0]),
  };
}

/** Why dismissed, or with what outcome done: one more key, and the campaign learns from it. */
export function Ask({ actions }: { actions: Actions }) {
  const { t } = useSurroundings();
  const { asking } = actions;
  if (asking === null) {
    return null;
  }
  const title = t.choose[asking.action];
  return (
    <div className="acts asking" role="group" aria-label={title}>
      <span role="status">{title}</span>
      {asking.action === 'dismiss'
        ? reasons.map((reason, index) => <Answer key={reason} digit={index + 1} text={t.choose.reasons[reason]} onPick={() => actions.answer(reason)} />)
        : outcomes.map((outcome, index) => <Answer key={outcome} digit={index + 1} text={t.choose.outcomes[outcome]} onPick={() => actions.answer(outcome)} />)}
      <button className="plain" onClick={actions.cancel}><kbd>Esc</kbd></button>
    </div>
  );
}

function Answer({ digit, text, onPick }: { digit: number; text: string; onPick: () => void }) {
  return <button className="btn" onClick={onPick}>{text} <kbd>{digit}</kbd></button>;
}
