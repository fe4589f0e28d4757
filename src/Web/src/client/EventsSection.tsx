import type { ClientEvent, Page } from '../api/types';
import { useSurroundings } from '../settings/SettingsContext';
import { eventText } from './eventText';
import { Section } from './Section';
import { useResource } from './useResource';

const shown = 8;

/** What happened to the client, newest first. */
export function EventsSection({ client, stamp, now }: { client: string; stamp: string | number; now: number }) {
  const { t, format } = useSurroundings();
  const events = useResource<Page<ClientEvent>>(`/v1/clients/${encodeURIComponent(client)}/events?limit=${shown}`, stamp);
  const items = events.value?.items ?? null;
  return (
    <Section title={t.client.events} note={t.client.latest(shown)} at={events.at} failedSince={events.failure?.since}>
      {items?.length === 0 && <p className="t12 q">{t.client.noEvents}</p>}
      <ol className="ev2">
        {(items ?? []).slice(0, shown).map((event) => (
          <li key={`${event.position}:${event.type}:${event.time}`}><span className="q">{format.when(event.time, now)}</span><span className="cut">{eventText(event, t, format)}</span></li>
        ))}
      </ol>
    </Section>
  );
}
