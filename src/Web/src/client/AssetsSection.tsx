import type { Client, DayAssets, Page } from '../api/types';
import { useSurroundings } from '../settings/SettingsContext';
import { Section } from './Section';
import { Sparkline } from './Sparkline';
import { useResource } from './useResource';

/** What he has, and how that came about. An engine that keeps no closing figures gets no chart and no complaint. */
export function AssetsSection({ client, at, stamp }: { client: Client; at: number; stamp: string | number }) {
  const { t, format } = useSurroundings();
  const days = useResource<Page<DayAssets> | DayAssets[]>(`/v1/clients/${encodeURIComponent(client.id)}/assets?days=90`, stamp);
  const items = days.value === null ? [] : Array.isArray(days.value) ? days.value : days.value.items;
  const failed = days.failure !== null && days.failure.status !== 404 ? days.failure.since : undefined;
  return (
    <Section title={t.client.assets} note={items.length > 1 ? t.client.assetsUnit : undefined} at={at} failedSince={failed}>
      <div className="money"><b>{format.money(client.assets)}</b></div>
      {items.length > 1 && <Sparkline days={[...items].sort((a, b) => (a.date < b.date ? -1 : 1))} now={client.assets} />}
    </Section>
  );
}
