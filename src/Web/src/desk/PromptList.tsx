import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore, type ReactNode, type RefObject } from 'react';
import type { ClientDirectory } from '../client/directory';
import type { DeskState } from '../connection/deskConnection';
import { pendingOf } from '../connection/outbox';
import { useSurroundings } from '../settings/SettingsContext';
import { markOf, type Viewer } from './mark';
import { PromptRow } from './PromptRow';
import type { Names } from './useNames';

export interface PromptListProps {
  readonly state: DeskState;
  readonly order: readonly string[];
  readonly selected: string | null;
  readonly viewer: Viewer;
  readonly directory: ClientDirectory;
  readonly campaignName: Names['campaign'];
  readonly engineNow: number;
  readonly listRef: RefObject<HTMLDivElement | null>;
  readonly empty: ReactNode;
  readonly onSelect: (promptId: string) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

const wideRow = { row: 32, head: 24 };
const narrowRow = { row: 60, head: 0 };
/** As `desk.css` has it: a phone, or a page that was made twice as large. */
const narrow = matchMedia('(max-width: 1100px)');
const watchNarrow = (changed: () => void): (() => void) => {
  narrow.addEventListener('change', changed);
  return () => narrow.removeEventListener('change', changed);
};
const idOf = (promptId: string): string => `row-${promptId}`;

/** The rows on the screen of however many there are. The list has the focus and points at its row. */
export function PromptList(props: PromptListProps) {
  const { state, order, selected, directory } = props;
  const { t, format } = useSurroundings();
  const scroll = useRef<HTMLDivElement>(null);
  const { row, head } = useSyncExternalStore(watchNarrow, () => narrow.matches) ? narrowRow : wideRow;
  const at = useMemo(() => (selected === null ? -1 : order.indexOf(selected)), [order, selected]);

  const getItemKey = useCallback((index: number) => order[index] ?? index, [order]);
  const rows = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => row,
    getItemKey,
    overscan: 8,
    // The names of the columns scroll with the rows, and stick.
    scrollMargin: head,
    scrollPaddingStart: head,
    // The selected row exists even out of sight: the list's aria-activedescendant names it.
    rangeExtractor: (range) => (at < 0 ? defaultRangeExtractor(range) : [...new Set([...defaultRangeExtractor(range), at])].sort((a, b) => a - b)),
  });
  useLayoutEffect(() => rows.measure(), [rows, row]);
  const items = rows.getVirtualItems();

  useEffect(() => {
    if (at >= 0) {
      rows.scrollToIndex(at, { align: 'auto' });
    }
    // Only a move of the selection scrolls; rows that come and go do not.
  }, [selected]);

  const visible = items.map((item) => state.feed.prompts.get(order[item.index] ?? '')?.client ?? '').filter((id) => id !== '').join(' ');
  useEffect(() => {
    if (visible !== '') {
      directory.want(visible.split(' '));
    }
  }, [directory, visible]);

  const columns = t.desk.columns;
  return (
    <div className="scroll" ref={scroll}>
      <div className="cols" aria-hidden="true">
        <span>{columns.priority}</span><span>{columns.client}</span><span className="n">{columns.assets}</span><span>{columns.reason}</span>
        <span className="n">{columns.expected}</span><span className="n">{columns.age}</span><span className="ca">{columns.campaign}</span><span>{columns.state}</span>
      </div>
      {order.length === 0 && <p className="empty">{props.empty}</p>}
      <div ref={props.listRef} className="rows" role="listbox" aria-label={t.desk.label} tabIndex={0} style={{ height: rows.getTotalSize() }}
        {...(at < 0 ? {} : { 'aria-activedescendant': idOf(order[at] ?? '') })}
        onFocus={props.onFocus}
        onBlur={(event) => {
          // Another window took the focus: this list still has it when the person comes back.
          if (document.activeElement !== event.currentTarget) {
            props.onBlur();
          }
        }}>
        {items.map((item) => {
          const promptId = order[item.index] ?? '';
          const prompt = state.feed.prompts.get(promptId);
          if (prompt === undefined) {
            return null;
          }
          const mark = markOf(prompt, pendingOf(state.outbox, promptId), props.viewer, t, format, props.engineNow);
          const above = state.feed.prompts.get(order[item.index - 1] ?? '');
          return (
            <PromptRow key={item.key} id={idOf(promptId)} prompt={prompt} client={directory.entry(prompt.client)?.client ?? null}
              campaign={props.campaignName(prompt.campaign, prompt.campaignName)}
              look={mark.look} state={mark.text} off={mark.off}
              age={format.age(props.engineNow - Date.parse(prompt.raisedAt))} selected={item.index === at}
              band={above !== undefined && above.priority !== prompt.priority} index={item.index} count={order.length}
              top={item.start - head} height={item.size} onSelect={props.onSelect} />
          );
        })}
      </div>
    </div>
  );
}
