import type { Decision, Page } from '../api/types';
import type { Names } from '../desk/useNames';
import { useSurroundings } from '../settings/SettingsContext';
import { becauseText } from './because';
import { Section } from './Section';
import { useResource } from './useResource';

/** Why the client was contacted, and why not. */
export function DecisionsSection({ client, stamp, now, names }: { client: string; stamp: string | number; now: number; names: Names }) {
  const { t, format } = useSurroundings();
  const decisions = useResource<Page<Decision>>(`/v1/clients/${encodeURIComponent(client)}/decisions?limit=5`, stamp);
  const items = decisions.value?.items ?? null;
  return (
    <Section title={t.client.decisions} note={t.client.decisionsWhy} at={decisions.at} failedSince={decisions.failure?.since}>
      {items?.length === 0 && <p className="t12 q">{t.client.noDecisions}</p>}
      <ol className="dec">
        {(items ?? []).slice(0, 5).map((decision) => {
          const because = decision.because.map((each) => becauseText(each, t, format)).join(t.listSemicolon);
          const outcome = t.outcomes[decision.outcome] ?? decision.outcome;
          const made = decision.outcome === 'raised' || decision.outcome === 'quiet';
          return (
            <li key={decision.id}>
              <span className="q">{format.when(decision.at, now)}</span>
              <span className="cut">{names.campaign(decision.campaign, decision.campaignName)}</span>
              <span className={made ? 'st open' : 'st gone'}><span className="cut">{made ? outcome : t.client.notRaised(outcome)}</span></span>
              <span className="cut s" title={because}>{because}</span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
