/** What the screen says about its own connection. */
export type Health =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'late'; readonly seconds: number }
  | { readonly kind: 'offline' };

export interface Link {
  /** What the browser says of its network. */
  readonly online: boolean;
  /** The desk has been joined. */
  readonly connected: boolean;
  /** When this screen began to listen, ms of its clock. */
  readonly since: number;
  /** When anything was last heard from the engine; null before the first time. */
  readonly heardAt: number | null;
}

/** A heartbeat comes at least every second: two missed are late. */
export const lateAfterMs = 2_000;

/** Five missed: the line is dead, whatever the socket says. */
export const deadAfterMs = 5_000;

export function healthOf(link: Link, now: number): Health {
  if (!link.online) {
    return { kind: 'offline' };
  }
  const silence = now - (link.heardAt ?? link.since);
  if (silence >= deadAfterMs) {
    return { kind: 'offline' };
  }
  if (link.heardAt === null) {
    return { kind: 'connecting' };
  }
  return silence > lateAfterMs ? { kind: 'late', seconds: Math.floor(silence / 1000) } : { kind: 'live' };
}

/** Back soon after a short break, and never so often that a thousand screens hinder the engine's return. */
export function reconnectDelayMs(failures: number, random: number): number {
  const base = Math.min(250 * 2 ** Math.max(0, failures - 1), 2_000);
  return failures === 0 ? 0 : base * (0.5 + random / 2);
}
