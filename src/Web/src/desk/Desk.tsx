import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { get } from '../api/http';
import type { Client, Load, Me } from '../api/types';
import { ClientPanel } from '../client/ClientPanel';
import { ClientDirectory } from '../client/directory';
import { restMs, useResource } from '../client/useResource';
import { browserTiming } from '../connection/timing';
import { useSurroundings } from '../settings/SettingsContext';
import { useNow } from '../settings/useNow';
import { useShell } from '../shell/actions';
import { followed } from '../shell/router';
import { clientId, clientPath, openClient } from '../shell/clients';
import { ConnectionPill } from './ConnectionPill';
import type { DeskPageProps } from './DeskPage';
import { Footer } from './Footer';
import { ListHead } from './ListHead';
import { countsOf, type Tab } from './order';
import { PromptList } from './PromptList';
import { TopBar } from './TopBar';
import { useActions } from './useActions';
import { useDeskKeys } from './useDeskKeys';
import { useAnnouncement } from './useAnnouncement';
import { useDesk } from './useDesk';
import { useMatches } from './useMatches';
import { useNames } from './useNames';
import { useOrder } from './useOrder';
import { useSeen } from './useSeen';
import { useSelection } from './useSelection';
import { WaitBar } from './WaitBar';

type DeskProps = DeskPageProps & { readonly me: Me; readonly desk: string; readonly onChooseDesk: (desk: string) => void };

/** The ranked list of live prompts, and beside it the client of the one that is selected. */
export function Desk({ desk, me, clockAheadMs, onChooseDesk, onSignOut }: DeskProps) {
  const { t, format, settings } = useSurroundings();
  const now = useNow();
  const engineNow = now + clockAheadMs;
  const [state, connection] = useDesk(desk);
  const live = state.health.kind === 'live';
  const [directory] = useState(() => new ClientDirectory((id) => get<Client>(`/v1/clients/${encodeURIComponent(id)}`), () => Date.now()));
  useSyncExternalStore(directory.subscribe, directory.version);
  const [reads, setReads] = useState(0);
  const names = useNames(state.feed, reads);
  const firstLoad = useResource<Load>(`/v1/desks/${encodeURIComponent(desk)}`, reads);

  const [tab, setTab] = useState<Tab>('all');
  const [find, setFind] = useState('');
  const counts = useMemo(() => countsOf(state.feed.prompts.values(), desk), [state.feed, desk]);
  const matches = useMatches(find, directory, names, settings.language);
  const forgetEnded = useCallback(() => connection.forgetEnded(), [connection]);
  const order = useOrder(state.feed, desk, tab, matches, forgetEnded);
  const selection = useSelection(order.order);
  const prompt = selection.id === null ? null : state.feed.prompts.get(selection.id) ?? null;
  const actions = useActions(connection, state, desk, prompt, now, engineNow);
  useSeen(connection, prompt, selection.chosen, live);
  const announcement = useAnnouncement(state.feed, desk);

  const { openKeys } = useShell();
  const listRef = useRef<HTMLDivElement>(null);
  const panelRef = useRef<HTMLElement>(null);
  const findRef = useRef<HTMLInputElement>(null);
  const toList = () => listRef.current?.focus({ preventScroll: true });
  const strange = order.order.length === 0 && clientId.test(find.trim());
  const move = (by: number) => {
    selection.move(by);
    toList();
  };
  const retry = () => {
    actions.retry();
    setReads((count) => count + 1);
  };
  const choose = (next: Tab) => {
    order.thaw();
    setTab(next);
  };

  useDeskKeys(actions, {
    move,
    open: () => panelRef.current?.focus(),
    back: () => (actions.asking === null ? toList() : actions.cancel()),
    retry, takeIn: order.takeIn,
    find: () => findRef.current?.focus(),
    client: prompt?.client ?? null,
  });

  // A prompt of the selected client changed: so, most likely, did he.
  const client = prompt?.client ?? null;
  const promptSeq = prompt?.seq ?? 0;
  const tick = useRef(0);
  tick.current = live && !document.hidden ? Math.floor(now / 10_000) : tick.current;
  const stamp = `${promptSeq}:${reads}:${tick.current}`;
  const entry = client === null ? undefined : directory.entry(client);
  // What the panel reads beside the client himself: when he changed, and once a minute. Each reading is an entry of the audit
  // trail, and his assets by day are worked out from all his events.
  const courseStamp = `${promptSeq}:${reads}:${Math.floor(tick.current / 6)}:${entry?.client?.position ?? 0}`;
  useEffect(() => (client === null ? undefined : browserTiming.after(restMs, () => directory.refresh(client))), [directory, client, stamp]);

  useEffect(() => {
    if (live) {
      directory.retryFailed();
    }
  }, [directory, live]);

  const last = actions.last;
  const undoable = last === null ? null : {
    actionId: last.actionId,
    promptId: last.prompt.id,
    text: t.didTo(state.outbox.some((entry) => entry.actionId === last.actionId && entry.phase === 'waiting') ? `${t.queued} ${t.actions[last.action]}` : t.did[last.action], directory.entry(last.prompt.client)?.client?.name ?? last.prompt.client, names.campaign(last.prompt.campaign, last.prompt.campaignName)),
    secondsLeft: Math.min(10, Math.max(0, Math.ceil((last.at + 10_000 - now) / 1_000))),
  };
  const heard = format.clock(state.heardAt ?? now);
  const none = strange ? <>{t.desk.noneFound}{t.listComma}<a href={clientPath(find.trim())} onClick={followed}>{t.desk.openClient(find.trim())} <kbd>Enter</kbd></a></> : t.desk.noneFound;
  const empty = state.closed !== null ? t.desk.closed(heard)
    : !state.feed.joined ? t.loading
    : find !== '' || tab !== 'all' ? none : t.desk.noneNow(heard);
  const topPriority = Math.max(0, ...order.waiting.map((id) => state.feed.prompts.get(id)?.priority ?? 0));
  const refusal = state.refusal !== null && now - state.refusal.at < 10_000 ? state.refusal : null;

  return (
    <div className="page desk">
      <TopBar me={me} onSignOut={onSignOut}>
        <ConnectionPill health={state.health} heardAt={state.heardAt} now={now} />
      </TopBar>
      <main>
        <section className="list" aria-label={t.desk.title}>
          <ListHead counts={counts} more={state.feed.more} tab={tab} onTab={choose}
            find={find} onFind={(text) => { order.thaw(); setFind(text); }} findRef={findRef} onLeaveFind={toList} onOpenClient={strange ? openClient : null}
            load={state.load ?? firstLoad.value} desks={me.desks} desk={desk} onDesk={onChooseDesk} />
          <WaitBar waiting={order.waiting.length} topPriority={topPriority} frozenAt={order.frozenAt} onTakeIn={() => { order.takeIn(); toList(); }} />
          <p className="vh" role="status" aria-live="polite">{announcement === 0 || order.frozenAt !== null ? '' : t.desk.announced(announcement)}</p>
          <PromptList state={state} order={state.closed === null ? order.order : []} selected={selection.id} viewer={{ desk, sub: me.sub }} directory={directory}
            campaignName={names.campaign} engineNow={engineNow} listRef={listRef} empty={empty} onSelect={selection.select}
            onFocus={order.freeze} onBlur={order.thaw} />
        </section>
        <ClientPanel prompt={state.closed === null ? prompt : null} entry={entry}
          stamp={courseStamp} now={now} engineNow={engineNow} names={names} actions={actions} panelRef={panelRef} />
      </main>
      <Footer undoable={undoable} refusal={refusal} onUndo={actions.undo} onHelp={openKeys} />
    </div>
  );
}
