import { useSurroundings } from '../settings/SettingsContext';
import { kindOf, type MeasureId } from './measures';
import type { Scale } from './ramp';
import { bound } from './show';
import { useMapWords } from './useMapWords';

/** Seven steps of one blue and from where each begins. */
export function Legend({ measure, scale }: { measure: MeasureId; scale: Scale }) {
  const { format } = useSurroundings();
  const words = useMapWords();
  return (
    <div className="legend" role="group" aria-label={words.legend}>
      {scale.map((from, index) => (
        <span key={index}><i className={`r${index + 1}`} />{bound(measure, from, format)}{index === scale.length - 1 && '+'}</span>
      ))}
      {kindOf[measure] === 'money' && <em>{words.legendInflow}</em>}
    </div>
  );
}
