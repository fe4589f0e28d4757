import { memo } from 'react';
import type { Client, Prompt } from '../api/types';
import { useSurroundings } from '../settings/SettingsContext';
import type { Mark } from './mark';
import { expectedOf } from './order';
import { fillName, reasonOf, shortened } from './reason';

export interface PromptRowProps {
  readonly id: string;
  readonly prompt: Prompt;
  readonly client: Client | null;
  readonly campaign: string;
  readonly look: Mark['look'];
  /** What the mark says. */
  readonly state: string;
  /** Nothing can be done with it here. */
  readonly off: boolean;
  readonly age: string;
  readonly selected: boolean;
  /** The priority differs from the row above. */
  readonly band: boolean;
  readonly index: number;
  readonly count: number;
  readonly top: number;
  readonly height: number;
  readonly onSelect: (promptId: string) => void;
}

const level = (priority: number): string => (priority >= 95 ? 'l3' : priority >= 75 ? 'l2' : 'l1');

/** One prompt, one line: who, why in his own figures, what it is worth. */
export const PromptRow = memo(function PromptRow(props: PromptRowProps) {
  const { prompt, client, look } = props;
  const { t, format, settings } = useSurroundings();
  const name = client?.name ?? prompt.client;
  const reason = reasonOf(fillName(shortened(prompt.message[settings.language], format), name));
  const classes = ['row', props.selected && 'sel', props.band && 'band', props.off && 'off'].filter(Boolean).join(' ');
  return (
    <div id={props.id} role="option" aria-selected={props.selected} aria-posinset={props.index + 1} aria-setsize={props.count}
      className={classes} style={{ height: props.height, transform: `translateY(${props.top}px)` }} data-prompt={prompt.id} onPointerDown={() => props.onSelect(prompt.id)}>
      <span className={`pr ${level(prompt.priority)}`}><i />{prompt.priority}</span>
      <span className={`nm cut${prompt.state === 'open' ? ' b' : ''}`} title={prompt.client}>{name}</span>
      <span className="as n">{client === null ? t.none : format.moneyColumn(client.assets)}</span>
      <span className="why cut">{reason.before}<b>{reason.strong}</b>{reason.after}</span>
      <span className="ev n">{format.yuan(expectedOf(prompt))}</span>
      <span className="ag n">{props.age}</span>
      <span className="ca cut">{props.campaign}</span>
      <span className={`st ${look}`}><span className="cut">{props.state}</span>{look === 'fail' && <kbd>R</kbd>}</span>
    </div>
  );
});
