import { useMapWords } from './useMapWords';
import type { Level } from './view';

/** What the marks of a tile mean. */
export function TileNotes({ level }: { level: Level }) {
  const words = useMapWords();
  return (
    <div className="note">
      <p><svg viewBox="0 0 16 12" aria-hidden="true"><circle cx="8" cy="6" r="2" className="dot" /><circle cx="8" cy="6" r="5" className="round" /></svg>{words.pulse}</p>
      <p><svg viewBox="0 0 16 12" aria-hidden="true"><rect width="16" height="12" className="stale" /><rect width="16" height="12" fill="url(#hatch)" /></svg>{words.lateTile}</p>
      {level === 'hq' && <p><i />{words.noneTile}</p>}
    </div>
  );
}
