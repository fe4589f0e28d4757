import { useSurroundings } from '../settings/SettingsContext';
import type { Entry } from './directory';

/** The desk stands where others pass: enough of the number to know it by. */
const masked = (phone: string): string => phone.replace(/^(\d{3})\d{4}(?=\d{4}$)/, '$1****');

/** Who: name, age, id, outlet, telephone with the consent that it needs, and how old all this is. */
export function ClientHead({ id, entry, now, level: Heading = 'h2' }: { id: string; entry: Entry | undefined; now: number; level?: 'h1' | 'h2' }) {
  const { t, format } = useSurroundings();
  const client = entry?.client ?? null;
  const facts = client === null ? [] : [
    ...(client.age > 0 ? [t.client.years(client.age)] : []),
    ...(client.name == null ? [] : [id]),
    client.outlet,
  ];
  return (
    <div className="who1">
      <Heading>{client?.name ?? id}{facts.map((fact) => <span key={fact}>{fact}</span>)}</Heading>
      <span className="tel">
        {client !== null && <span className="t12 s">{client.consents.includes('phone') ? t.client.phoneConsent : t.client.phoneRefused} </span>}
        {client?.phone == null ? t.none : masked(client.phone)}
      </span>
      <p>{client === null ? t.loading : [t.client.openedOn(format.date(client.opened)), ...client.tags].join(t.listComma)}</p>
      <p className="n">{client !== null && t.client.asOf(format.clock(entry?.at ?? now), format.age(now - (entry?.at ?? now)))}</p>
    </div>
  );
}
