import { useMemo } from 'react';
import type { Localized, Page } from '../api/types';
import { useResource } from '../client/useResource';
import type { Feed } from '../connection/feed';
import { useSurroundings } from '../settings/SettingsContext';

interface SegmentName {
  readonly id: string;
  readonly name?: Localized | null;
}

export interface Names {
  /** `given` is the name that came with the thing itself. */
  campaign(id: string, given?: Localized | null): string;
  segment(id: string): string;
}

/** What campaigns and segments are called: an id where nobody has said. */
export function useNames({ prompts }: Feed, stamp: unknown): Names {
  const { settings: { language } } = useSurroundings();
  const { value } = useResource<Page<SegmentName>>('/v1/segments', stamp);
  return useMemo(() => {
    const campaigns = new Map([...prompts.values()].map(({ campaign, campaignName }) => [campaign, campaignName]));
    const segments = new Map(value?.items.map(({ id, name }) => [id, name]));
    return {
      campaign: (id, given) => (given ?? campaigns.get(id))?.[language] || id,
      segment: (id) => segments.get(id)?.[language] || id,
    };
  }, [prompts, value, language]);
}
