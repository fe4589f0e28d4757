/** What the demo plays, as `GET /v1/demo` says it. */
export interface DemoStatus {
  /** The trading day, `2024-10-08`. */
  readonly day: string;
  /** The market's time in it, `09:31`. */
  readonly time: string;
  /** 1: a day in three minutes. */
  readonly speed: number;
  readonly paused: boolean;
  readonly clients: number;
  readonly sent: number;
  readonly days: readonly { readonly day: string; readonly index: number }[];
}

export const speeds = [0.1, 0.25, 0.5, 1, 2, 5, 10] as const;

/** The next of the speeds in a direction; the last stays the last. */
export function nextSpeed(speed: number, by: 1 | -1): number {
  const next = by === 1 ? speeds.find((each) => each > speed) : speeds.findLast((each) => each < speed);
  return next ?? speed;
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const opens = minuteOf('09:15');
const closes = minuteOf('15:00');

/** How far the day has come, 0 to 1, by the market's own clock. */
export const dayShare = (time: string): number => Math.min(1, Math.max(0, (minuteOf(time) - opens) / (closes - opens)));
