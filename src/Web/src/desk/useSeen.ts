import { useEffect } from 'react';
import type { Prompt } from '../api/types';
import type { DeskConnection } from '../connection/deskConnection';
import { browserTiming } from '../connection/timing';
import { actionId } from './actionId';

/** Long enough to have read a line, too long for one that was only passed on the way. */
const readMs = 1_000;

/** A prompt on which a person stays is seen. Not the one that the page selected by itself. */
export function useSeen(connection: DeskConnection, prompt: Prompt | null, chosen: boolean, live: boolean): void {
  const unseen = chosen && live && prompt?.state === 'open' ? prompt.id : null;
  useEffect(() => (unseen === null
    ? undefined
    : browserTiming.after(readMs, () => connection.act(unseen, { actionId: actionId(), action: 'seen' }))), [connection, unseen]);
}
