import { Change } from '../client/Change';
import { useSurroundings } from '../settings/SettingsContext';
import type { DemoStatus } from './demo';
import { useDemoWords } from './useDemoWords';

/** The days that are played, with the index that moved the market on each. */
export function Days({ days, today }: { days: DemoStatus['days']; today: string | null }) {
  const { t, format } = useSurroundings();
  const words = useDemoWords();
  return (
    <table className="days" aria-label={words.days}>
      <thead><tr><th scope="col">{words.day}</th><th scope="col" className="n">{words.index}</th><th scope="col" className="n">{words.change}</th></tr></thead>
      <tbody>
        {days.map(({ day, index }, place) => {
          const before = days[place - 1]?.index;
          const change = before === undefined ? null : index / before - 1;
          return (
            <tr key={day} {...(day === today ? { 'aria-current': 'date' as const } : {})}>
              <th scope="row">{day}</th>
              <td className="n">{format.money(index)}</td>
              <td className="n">{change === null ? t.none : <Change share={change} written={format.percentTenth} />}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
