import { useMemo } from 'react';
import type { Prompt } from '../api/types';
import type { ClientDirectory } from '../client/directory';
import type { Language } from '../settings/settings';
import type { Names } from './useNames';

/** Whether a prompt is what the person looks for: part of the client's id or name, of the reason, or of the campaign. */
export function useMatches(find: string, directory: ClientDirectory, names: Names, language: Language): (prompt: Prompt) => boolean {
  return useMemo(() => {
    const wanted = find.trim().toLowerCase();
    return (prompt) => wanted === ''
      || [prompt.client, directory.entry(prompt.client)?.client?.name ?? '', prompt.message[language], names.campaign(prompt.campaign, prompt.campaignName)]
        .some((text) => text.toLowerCase().includes(wanted));
  }, [find, directory, names, language]);
}
