import type { RefObject } from 'react';
import type { Prompt } from '../api/types';
import type { Actions } from '../desk/useActions';
import type { Names } from '../desk/useNames';
import { useSurroundings } from '../settings/SettingsContext';
import { ClientBody } from './ClientBody';
import { ClientHead } from './ClientHead';
import type { Entry } from './directory';
import { PromptPart } from './PromptPart';

export interface ClientPanelProps {
  readonly prompt: Prompt | null;
  readonly entry: Entry | undefined;
  /** Changes when the client should be read again. */
  readonly stamp: string;
  readonly now: number;
  readonly engineNow: number;
  readonly names: Names;
  readonly actions: Actions;
  readonly panelRef: RefObject<HTMLElement | null>;
}

/** The client of the selected prompt. */
export function ClientPanel(props: ClientPanelProps) {
  const { prompt, entry, now, panelRef } = props;
  const { t, format } = useSurroundings();
  if (prompt === null) {
    return <aside className="client" ref={panelRef} tabIndex={-1} aria-label={t.client.pick}><p className="empty">{t.client.pick}</p></aside>;
  }
  const name = entry?.client?.name ?? prompt.client;
  const ended = entry?.failure?.status === 404 || entry?.failure?.status === 403;
  return (
    <aside className="client" ref={panelRef} tabIndex={0} aria-label={t.client.label(name)}>
      <ClientHead id={prompt.client} entry={entry} now={now} />
      <PromptPart prompt={prompt} name={name} engineNow={props.engineNow} actions={props.actions} />
      {entry?.failure != null && (
        <p className="panel-failed" role="status">
          {ended ? t.client.gone(format.clock(entry.failure.since)) : <>{t.client.failed(t.desk.load, format.clock(entry.failure.since))} <kbd>R</kbd></>}
        </p>
      )}
      {entry?.client != null && <ClientBody client={entry.client} at={entry.at} stamp={props.stamp} now={props.engineNow} names={props.names} />}
    </aside>
  );
}
