import { useMemo, useRef } from 'react';
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
  // Asked for seldom, and then found: the feed changes many times a second.
  const latest = useRef(prompts);
  latest.current = prompts;
  const { settings: { language } } = useSurroundings();
  const { value } = useResource<Page<SegmentName>>('/v1/segments', stamp);
  return useMemo(() => {
    const campaigns = new Map<string, Localized | null>();
    const nameOf = (id: string): Localized | null => {
      const known = campaigns.get(id);
      if (known !== undefined) {
        return known;
      }
      for (const { campaign, campaignName } of latest.current.values()) {
        if (campaign === id && campaignName != null) {
          campaigns.set(id, campaignName);
          return campaignName;
        }
      }
      return null;
    };
    const segments = new Map(value?.items.map(({ id, name }) => [id, name]));
    return {
      campaign: (id, given) => (given ?? nameOf(id))?.[language] || id,
      segment: (id) => segments.get(id)?.[language] || id,
    };
  }, [value, language]);
}
