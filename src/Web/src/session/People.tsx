import type { DemoPerson } from '../api/types';
import { useSurroundings } from '../settings/SettingsContext';

/** The people of the demo; one click is one of them. */
export function People({ people, present, onPick }: { people: readonly DemoPerson[]; present?: string; onPick: (sub: string) => void }) {
  const { t, settings } = useSurroundings();
  return (
    <ul className="people">
      {people.map((person) => (
        <li key={person.sub}>
          <button onClick={() => onPick(person.sub)} {...(person.sub === present ? { 'aria-current': 'true' as const } : {})}>
            <b>{person.name[settings.language]}</b>
            <span>{t.roles[person.role]}</span>
            <span className="q">{t.desk.own(person.desk ?? person.node ?? '')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
