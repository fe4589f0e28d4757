import { useSurroundings } from '../settings/SettingsContext';
import type { Pilot } from './outline';
import { useCatalogueWords } from './useCatalogueWords';

/** Where each campaign of the text runs, and for how many of the clients there. */
export function PilotsPanel({ pilots, onGo }: { pilots: readonly Pilot[]; onGo: (at: number) => void }) {
  const { t } = useSurroundings();
  const words = useCatalogueWords();
  return (
    <section className="side">
      <header><h2>{words.pilots}</h2></header>
      {pilots.length === 0 ? <p className="q">{words.noPilots}</p> : (
        <table aria-label={words.pilotsLabel}>
          <thead className="vh"><tr><th scope="col">{words.columnsPilot.campaign}</th><th scope="col">{words.columnsPilot.where}</th><th scope="col" colSpan={2}>{words.columnsPilot.percent}</th></tr></thead>
          <tbody>
            {pilots.map((pilot) => (
              <tr key={pilot.id}>
                <th scope="row"><button className="plain" onClick={() => onGo(pilot.from)}>{pilot.id}</button></th>
                <td>{pilot.branches.length === 0 ? words.everywhere : pilot.branches.join(t.listComma)}</td>
                <td><meter min={0} max={100} value={pilot.percent} aria-label={`${pilot.id} ${pilot.percent}%`} /></td>
                <td className="n">{pilot.percent}%</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
