import type { Because, Client } from '../api/types';
import type { Names } from '../desk/useNames';
import { useSurroundings } from '../settings/SettingsContext';
import { AssetsSection } from './AssetsSection';
import { becauseText } from './because';
import { DecisionsSection } from './DecisionsSection';
import { word } from './eventText';
import { EventsSection } from './EventsSection';
import { HoldingsSection } from './HoldingsSection';
import { Section } from './Section';

interface ClientBodyProps {
  readonly client: Client;
  readonly at: number;
  readonly stamp: string | number;
  readonly now: number;
  readonly names: Names;
}

const consentChannels = ['phone', 'wecom', 'sms', 'app', 'advisor', 'automation'] as const;

/** Everything about the client that the reason of a prompt may lead to. */
export function ClientBody(props: ClientBodyProps) {
  const { client, stamp, now, names } = props;
  return (
    <div className="body">
      <div><ClientFacts {...props} /></div>
      <div>
        <DecisionsSection client={client.id} stamp={stamp} now={now} names={names} />
        <EventsSection client={client.id} stamp={stamp} now={now} />
      </div>
    </div>
  );
}

/** The client as he is now. */
export function ClientFacts({ client, at, stamp, now, names }: ClientBodyProps) {
  return (
    <>
      <div className="two"><AssetsSection client={client} at={at} stamp={stamp} /><Service client={client} /></div>
      <div className="two"><HoldingsSection client={client} now={now} /><Contracts client={client} /></div>
      <Segments client={client} now={now} names={names} />
    </>
  );
}

function Service({ client }: { client: Client }) {
  const { t } = useSurroundings();
  const list = (granted: boolean): string =>
    consentChannels.filter((channel) => client.consents.includes(channel) === granted).map((channel) => t.channels[channel]).join(' ') || t.none;
  return (
    <Section title={t.client.service}>
      <dl className="kv">
        <dt>{t.client.tier}</dt><dd>{word(client.tier, t.tiers) || t.none}</dd>
        <dt>{t.client.risk}</dt><dd>{client.risk === 0 ? t.none : `C${client.risk} `}{client.risk > 0 && (client.riskValid ? t.client.riskValid : t.client.riskInvalid)}</dd>
        <dt>{t.client.status}</dt><dd>{t.status[client.status] ?? client.status}</dd>
        <dt>{t.client.desk}</dt><dd>{t.desk.own(client.desk)}</dd>
        <dt>{t.client.consents}</dt><dd>{list(true)}</dd>
        <dt>{t.client.refusedConsents}</dt><dd>{list(false)}</dd>
      </dl>
    </Section>
  );
}

function Contracts({ client }: { client: Client }) {
  const { t, format } = useSurroundings();
  return (
    <Section title={t.client.contracts} note={client.contracts.length === 0 ? undefined : t.client.count(client.contracts.length)}>
      {client.contracts.length === 0 ? <p className="t12 q">{t.client.noContracts}</p> : (
        <ul className="contracts">
          {client.contracts.map((contract) => (
            <li key={contract.contract}>
              <span className="cut">{contract.product}</span><span className="n">{format.moneyShort(contract.assets)}</span>
              <span className="q cut">{contract.contract}</span><span className="n q">{t.client.signed(format.date(contract.signedAt))}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Segments({ client, now, names }: { client: Client; now: number; names: Names }) {
  const { t, format } = useSurroundings();
  const row = (id: string, since: string, reasons: readonly Because[]) => {
    const because = reasons.map((each) => becauseText(each, t, format)).join(t.listSemicolon);
    return (
      <li key={id}>
        <b className="cut">{names.segment(id)}</b>
        <span className="q">{since}</span>
        <span className="cut" title={because}>{because}</span>
      </li>
    );
  };
  return (
    <Section title={t.client.segments} note={t.client.segmentsWhy}>
      {client.segments.length + client.failed.length === 0 ? <p className="t12 q">{t.client.noSegments}</p> : (
        <ul className="seg">
          {client.segments.map((segment) => row(segment.id, t.client.since(format.when(segment.since, now)), segment.because))}
          {client.failed.map((segment) => row(segment.id, t.client.undecided, segment.because))}
        </ul>
      )}
    </Section>
  );
}
