import type { Health } from '../connection/health';
import { useSurroundings } from '../settings/SettingsContext';

/** A word, a shape, and the time of what is shown. Only the word is announced: the time changes every second. */
export function ConnectionPill({ health, heardAt, now }: { health: Health; heardAt: number | null; now: number }) {
  const { t, format } = useSurroundings();
  const word = health.kind === 'late' ? t.health.late(health.seconds) : t.health[health.kind];
  const at = health.kind === 'live' ? now : heardAt;
  return (
    <span className={`conn ${health.kind}`}>
      <b role="status">{word}</b>{at !== null && <span>{t.health.asOf(format.clock(at))}</span>}
    </span>
  );
}
