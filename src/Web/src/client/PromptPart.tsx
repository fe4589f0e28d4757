import type { Prompt } from '../api/types';
import { Ask } from '../desk/Ask';
import { expectedOf } from '../desk/order';
import { fillName, reasonOf } from '../desk/reason';
import type { Actions } from '../desk/useActions';
import { useSurroundings } from '../settings/SettingsContext';
import { clientPath } from '../shell/clients';
import { followed } from '../shell/router';
import { becauseText } from './because';

const buttons = [['accept', 'A'], ['snooze', 'S'], ['dismiss', 'D'], ['done', 'F']] as const;

/** The prompt's sentence, why it was made, what it is worth, and what can be done with it. */
export function PromptPart({ prompt, name, engineNow, actions }: { prompt: Prompt; name: string; engineNow: number; actions: Actions }) {
  const { t, format, settings } = useSurroundings();
  const reason = reasonOf(fillName(prompt.message[settings.language], name));
  const value = format.yuan(prompt.value);
  const expected = prompt.probability == null
    ? t.client.expectedValue(value)
    : t.client.expectedSum(format.yuan(expectedOf(prompt)), value, format.percent(prompt.probability));
  const [next, other] = prompt.state === 'accepted' ? ['done', 'accept'] as const : ['accept', 'done'] as const;
  return (
    <div className="ask">
      <p className="say">{reason.before}<b>{reason.strong}</b>{reason.after}</p>
      <dl className="why2">
        <dt>{t.client.why}</dt>
        <dd>{prompt.because.length === 0 ? t.none : prompt.because.map((because) => becauseText(because, t, format)).join(t.listSemicolon)}</dd>
        <dt>{t.client.expected}</dt><dd>{expected}</dd>
      </dl>
      {actions.asking !== null ? <Ask actions={actions} /> : (
        <div className="acts">
          {buttons.map(([action, key]) => (
            <button key={action} className={`btn${action === next && actions.can(action) ? ' main' : ''}${action === other ? ' other' : ''}`} disabled={!actions.can(action)} onClick={() => actions.act(action)}>
              {t.actions[action]} <kbd>{key}</kbd>
            </button>
          ))}
          <a className="btn details" href={clientPath(prompt.client)} onClick={followed}>{t.client.details}</a>
          <span className="q">{t.client.expires(format.until(prompt.expiresAt, engineNow))}</span>
        </div>
      )}
    </div>
  );
}
