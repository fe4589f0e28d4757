import type { Decision } from '../api/types';
import { becauseText } from '../client/because';
import { Section } from '../client/Section';
import type { Names } from '../desk/useNames';
import { useSurroundings } from '../settings/SettingsContext';
import { Earlier } from './Earlier';
import { useClientWords } from './useClientWords';
import { usePages } from './usePages';

const pageSize = 20;
const keyOf = ({ id }: Decision): string => id;

/** Why the client was contacted, and why he was not: the gate's answer in words, and the values that decided. */
export function AllDecisions({ client, stamp, now, names }: { client: string; stamp: number; now: number; names: Names }) {
  const { t, format } = useSurroundings();
  const words = useClientWords();
  const [decisions, earlier] = usePages<Decision>(`/v1/clients/${encodeURIComponent(client)}/decisions`, pageSize, stamp, keyOf);
  const triggerOf = (trigger: string): string => {
    const [kind, name = '', way] = trigger.split(':');
    return kind === 'segment' ? words.triggers[way === 'leave' ? 'leave' : 'enter'](names.segment(name))
      : kind === 'event' ? words.triggers.event(t.events[name] ?? words.typeNames[name] ?? name)
      : words.triggers.every;
  };
  return (
    <Section title={t.client.decisions} note={t.client.decisionsWhy} at={decisions.at} failedSince={decisions.failure?.since}>
      <table className="sm course-decisions">
        <thead>
          <tr>
            <th scope="col">{words.columns.at}</th><th scope="col">{words.columns.campaign}</th><th scope="col">{words.columns.trigger}</th>
            <th scope="col">{words.columns.outcome}</th><th scope="col">{words.columns.because}</th>
          </tr>
        </thead>
        <tbody>
          {(decisions.items ?? []).map((decision) => (
            <tr key={decision.id}>
              <td className="q" title={format.date(decision.at)}>{format.when(decision.at, now)}</td>
              <td>{names.campaign(decision.campaign, decision.campaignName)}</td>
              <td className="s">{triggerOf(decision.trigger)}</td>
              <td><span className={decision.outcome === 'raised' ? 'st open' : decision.outcome === 'quiet' ? 'st later' : 'st gone'}>{words.outcomes[decision.outcome] ?? decision.outcome}</span></td>
              <td className="s">{decision.because.map((each) => becauseText(each, t, format)).join(t.listSemicolon) || t.none}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Earlier pages={decisions} onEarlier={earlier} />
    </Section>
  );
}
