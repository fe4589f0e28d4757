import { measureIds, type MeasureId } from './measures';
import { useMapWords } from './useMapWords';

/** What the tiles are coloured by; also by the keys 1 to 6. */
export function MeasureChoice({ measure, onChange }: { measure: MeasureId; onChange: (measure: MeasureId) => void }) {
  const words = useMapWords();
  return (
    <div className="seg" role="group" aria-label={words.measure}>
      {measureIds.map((id, index) => (
        <button key={id} aria-pressed={id === measure} onClick={() => onChange(id)}>
          {words.measures[id]}<kbd aria-hidden="true">{index + 1}</kbd>
        </button>
      ))}
    </div>
  );
}
