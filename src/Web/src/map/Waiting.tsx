import { useSurroundings } from '../settings/SettingsContext';
import { provinces } from './provinces';

/** Before the first figures: the places that they will have. */
export function Waiting() {
  const { t } = useSurroundings();
  return (
    <>
      <p className="today"><span className="vh" role="status">{t.loading}</span></p>
      <div className="split">
        <div className="tiles" aria-hidden="true">
          <ol className="grid">{provinces.map(({ code, row, column }) => <li key={code} className="coming" style={{ gridRow: row + 1, gridColumn: column + 1 }} />)}</ol>
        </div>
        <div className="right" />
      </div>
    </>
  );
}
