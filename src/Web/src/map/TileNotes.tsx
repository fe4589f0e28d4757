import { useMapWords } from './useMapWords';
import type { Level } from './view';

/** What the marks of a tile mean. */
export function TileNotes({ level, surging }: { level: Level; surging: boolean }) {
  const words = useMapWords();
  return (
    <div className="note">
      <p><svg viewBox="0 0 16 12" aria-hidden="true"><circle cx="8" cy="6" r="2" className="dot" /><circle cx="8" cy="6" r="5" className="round" /></svg>{words.pulse}</p>
      <p><svg viewBox="0 0 16 12" aria-hidden="true"><rect width="16" height="12" className="stale" /><rect width="16" height="12" fill="url(#hatch)" /></svg>{words.lateTile}</p>
      {surging && <p><svg viewBox="0 0 16 12" aria-hidden="true"><path d="M3 11L8 2L13 11Z" className="dot" /></svg>{words.surgeTile}</p>}
      {level === 'hq' && <p><i />{words.noneTile}</p>}
    </div>
  );
}
