import { useCatalogueWords } from './useCatalogueWords';

/** Where the cursor is, whether the text has been checked, and the editor's keys. */
export function EditorFooter({ cursor, settled, wrongs }: { cursor: { line: number; column: number }; settled: boolean; wrongs: number }) {
  const words = useCatalogueWords();
  const keys: [string[], string][] = [[['F8'], words.keys.next], [['Alt', 'Enter'], words.keys.mend], [['Ctrl', 'Space'], words.keys.complete], [['Esc'], words.keys.leave]];
  return (
    <footer className="foot">
      <span className="pos">{words.status(cursor.line, cursor.column)}</span>
      <span role="status">{!settled ? words.typing : wrongs === 0 ? words.good : words.goneWrong(wrongs)}</span>
      <div className="keys">{keys.map(([names, what]) => <span key={what}>{names.map((name) => <kbd key={name}>{name}</kbd>)}{what}</span>)}</div>
    </footer>
  );
}
