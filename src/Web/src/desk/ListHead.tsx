import type { RefObject } from 'react';
import type { Load } from '../api/types';
import { composes } from '../keys/useKeys';
import { useSurroundings } from '../settings/SettingsContext';
import { tabs, type Tab } from './order';

export interface ListHeadProps {
  readonly counts: Record<Tab, number>;
  readonly more: boolean;
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly find: string;
  readonly onFind: (text: string) => void;
  readonly findRef: RefObject<HTMLInputElement | null>;
  readonly onLeaveFind: () => void;
  /** Enter with nothing found: what was typed may be a client without a prompt. */
  readonly onOpenClient: ((id: string) => void) | null;
  readonly load: Load | null;
  readonly desks: readonly string[];
  readonly desk: string;
  readonly onDesk: (desk: string) => void;
}

/** What the list holds, what of it is shown, and how full the desk is. */
export function ListHead(props: ListHeadProps) {
  const { t, format } = useSurroundings();
  const { load } = props;
  return (
    <div className="lhead">
      <h1>{t.desk.title} {format.number(props.counts.all)}{props.more && <small> {t.desk.more}</small>}</h1>
      <div className="tabs" role="group" aria-label={t.desk.label}>
        {tabs.map((tab) => (
          <button key={tab} aria-pressed={props.tab === tab} onClick={() => props.onTab(tab)}>
            {t.desk.tabs[tab]}{tab === 'all' ? '' : ` ${format.number(props.counts[tab])}`}
          </button>
        ))}
      </div>
      <input ref={props.findRef} className="find" type="search" value={props.find} placeholder={t.desk.find} aria-label={t.desk.find} autoComplete="off"
        onChange={(event) => props.onFind(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (!composes(event.nativeEvent) && (event.key === 'Escape' || event.key === 'Enter')) {
            event.preventDefault();
            if (event.key === 'Enter' && props.onOpenClient !== null) {
              props.onOpenClient(props.find.trim());
              return;
            }
            if (event.key === 'Escape') {
              props.onFind('');
            }
            props.onLeaveFind();
          }
        }} />
      {props.desks.length > 1 && (
        <select value={props.desk} aria-label={t.desk.choose} onChange={(event) => props.onDesk(event.currentTarget.value)}>
          {props.desks.map((desk) => <option key={desk} value={desk}>{t.desk.own(desk)}</option>)}
        </select>
      )}
      {load !== null && <DeskLoad load={load} />}
    </div>
  );
}

function DeskLoad({ load }: { load: Load }) {
  const { t, format } = useSurroundings();
  const clients = format.number(load.clients);
  if (load.capacity == null || load.capacity <= 0) {
    return <span className="load">{t.desk.load} <b>{clients}</b></span>;
  }
  const capacity = format.number(load.capacity);
  return (
    <span className="load">
      {t.desk.load} <b>{clients} / {capacity}</b>
      <meter min={0} max={load.capacity} value={Math.min(load.clients, load.capacity)} aria-label={t.desk.loadLabel(clients, capacity)} />
    </span>
  );
}
