import type { ClientEvent } from '../api/types';
import { eventText } from '../client/eventText';
import { Section } from '../client/Section';
import { useSurroundings } from '../settings/SettingsContext';
import { Earlier } from './Earlier';
import { useClientWords } from './useClientWords';
import { usePages } from './usePages';

const pageSize = 50;
const keyOf = (event: ClientEvent): string => `${event.position}:${event.type}:${event.time}`;

/** Everything that happened to the client, newest first. */
export function AllEvents({ client, stamp, now }: { client: string; stamp: number; now: number }) {
  const { t, format } = useSurroundings();
  const words = useClientWords();
  const [events, earlier] = usePages<ClientEvent>(`/v1/clients/${encodeURIComponent(client)}/events`, pageSize, stamp, keyOf);
  return (
    <Section title={t.client.events} at={events.at} failedSince={events.failure?.since}>
      <table className="sm course-events">
        <thead><tr><th scope="col">{words.columns.at}</th><th scope="col">{words.columns.what}</th></tr></thead>
        <tbody>
          {(events.items ?? []).map((event) => (
            <tr key={keyOf(event)}><td className="q" title={format.date(event.time)}>{format.when(event.time, now)}</td><td>{eventText(event, t, format)}</td></tr>
          ))}
        </tbody>
      </table>
      <Earlier pages={events} onEarlier={earlier} />
    </Section>
  );
}
