import { useSurroundings } from '../settings/SettingsContext';
import { dayShare, speeds } from './demo';
import type { Demo } from './DemoContext';
import { useDemoWords } from './useDemoWords';

const marks = ['09:30', '11:30', '13:00', '15:00'] as const;

/** The day under way: where the market stands in it, and the keys that stop, step and hurry it. */
export function Controls({ demo }: { demo: Demo }) {
  const { t, format } = useSurroundings();
  const words = useDemoWords();
  const { value } = demo.status;
  const share = value === null ? 0 : dayShare(value.time);
  const paused = value?.paused === true;
  return (
    <section className="clockface" aria-label={words.marketTime}>
      <p className="big">
        <span className="q">{value?.day ?? t.none}</span> <b>{value?.time ?? t.none}</b>{' '}
        <span className={`st ${paused ? 'later' : 'open'}`} role="status">{value === null ? t.loading : paused ? words.paused : words.playing}</span>
      </p>
      <svg className="daybar" viewBox="0 0 1000 36" preserveAspectRatio="none" aria-hidden="true">
        <rect className="all" x="0" y="8" width="1000" height="12" />
        <rect className="done" x="0" y="8" width={1000 * share} height="12" />
        {marks.map((mark) => <line key={mark} x1={1000 * dayShare(mark)} x2={1000 * dayShare(mark)} y1="4" y2="24" />)}
      </svg>
      <ol className="marks" aria-hidden="true">{marks.map((mark) => <li key={mark} style={{ left: `${100 * dayShare(mark)}%` }}>{mark}</li>)}</ol>
      <div className="do">
        <button className="btn main" disabled={value === null} onClick={demo.toggle}>{paused ? words.resume : words.pause} <kbd>P</kbd></button>
        <button className="btn" disabled={value === null} onClick={demo.step}>{words.step} <kbd>.</kbd></button>
        <span className="speeds" role="group" aria-label={words.speed}>
          <kbd title={words.slower}>[</kbd>
          {speeds.map((speed) => (
            <button key={speed} className="btn" disabled={value === null} aria-pressed={value?.speed === speed} onClick={() => demo.setSpeed(speed)}>{words.times(format.number(speed))}</button>
          ))}
          <kbd title={words.faster}>]</kbd>
        </span>
      </div>
    </section>
  );
}
