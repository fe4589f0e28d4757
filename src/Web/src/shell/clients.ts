import { navigate } from './router';

/** What an id may look like (contract, page 1). */
export const clientId = /^[A-Za-z0-9._:-]{1,64}$/;

export const clientPath = (id: string): string => `/clients/${encodeURIComponent(id)}`;

export const openClient = (id: string): void => navigate(clientPath(id));
