import { useState, type FocusEvent, type KeyboardEvent } from 'react';
import { useKeys } from '../keys/useKeys';
import { useSurroundings } from '../settings/SettingsContext';
import { ChildRow } from './ChildRow';
import { measureIds, unknownMeasures, valueOf, type MeasureId } from './measures';
import { Panel } from './Panel';
import { useHeldOrder } from './useHeldOrder';
import { useMapWords } from './useMapWords';
import { nameIn, noNode, type Level, type Part } from './view';

interface ChildTableProps {
  readonly node: string;
  readonly level: Level;
  readonly parts: readonly Part[];
  readonly measure: MeasureId;
  readonly at: number | null;
  readonly cut: boolean;
  readonly now: number;
  readonly lines: ReadonlyMap<string, readonly (number | null)[]>;
  /** The nodes of the selected tile. */
  readonly hit: readonly string[];
  readonly onOpen: (node: string) => void;
}

/** What stands under a node, as figures. The order holds while a hand or the focus is in it. */
export function ChildTable({ node, level, parts, measure, at, cut, now, lines, hit, onOpen }: ChildTableProps) {
  const { t, format, settings: { language, letters } } = useSurroundings();
  const words = useMapWords();
  const [asked, setAsked] = useState<{ of: string; by: MeasureId } | null>(null);
  const by = asked !== null && asked.of === `${node} ${measure}` ? asked.by : measure;
  const [focused, setFocused] = useState(false);
  const [pointed, setPointed] = useState(false);
  const order = useHeldOrder(node, parts.map((part) => ({
    node: part.node, value: valueOf(by, part.measures), late: part.late || part.measures === unknownMeasures,
  })), by, focused || pointed);
  const byNode = new Map(parts.map((part) => [part.node, part]));
  const sort = (next: MeasureId) => {
    setAsked({ of: `${node} ${measure}`, by: next });
    order.resort();
  };
  useKeys({ s: () => sort(by) }, letters);
  const left = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) {
      setFocused(false);
    }
  };

  return (
    <Panel className="children" title={words.children[level]} at={at === null ? null : format.clock(at)} late={cut}
      note={words.tableNote(words.measures[by], parts.length)}
      actions={<button className="plain" onClick={() => sort(by)}>{words.sort} <kbd>S</kbd></button>}>
      <div className="scroll" onFocus={() => setFocused(true)} onBlur={left} onPointerEnter={() => setPointed(true)} onPointerLeave={() => setPointed(false)}
        onKeyDown={moveInRows}>
        <table className="br">
          <thead>
            <tr>
              <th scope="col"><span className="vh">{words.rank}</span></th>
              <th scope="col">{words.columns.name}</th>
              {measureIds.map((id) => (
                <th key={id} scope="col" className={`n ${id}`} aria-sort={id === by ? 'descending' : undefined}>
                  <button className="plain" onClick={() => sort(id)}>{words.columns[id]}</button>
                </th>
              ))}
              <th scope="col" className="ln">{words.columns.line}</th>
            </tr>
          </thead>
          <tbody>
            {order.nodes.map((child, index) => {
              const part = byNode.get(child);
              return part === undefined ? null : (
                <ChildRow key={child} rank={index + 1} part={part} name={child === noNode ? words.nobody[level] : nameIn(language, part.name, child)}
                  by={by} cut={cut} now={now} line={lines.get(child) ?? null} hit={hit.includes(child)} onOpen={child === noNode ? null : onOpen} />
              );
            })}
            {parts.length === 0 && <tr className="q"><td /><td colSpan={8}>{level === 'advisor' ? t.none : words.noChildren[level]}</td></tr>}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** Up and down go from row to row; what goes beyond the table stays in it. */
function moveInRows(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by !== 0) {
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody button')];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus();
    event.preventDefault();
  }
}
