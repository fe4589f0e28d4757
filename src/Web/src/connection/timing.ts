/** The clock and chance of the screen, handed in so that tests need not wait. */
export interface Timing {
  now(): number;
  random(): number;
  /** Returns how to stop it. */
  every(ms: number, run: () => void): () => void;
  after(ms: number, run: () => void): () => void;
  /** Before the page is drawn next; in a page that is not drawn, soon. */
  frame(run: () => void): () => void;
}

/** A page in the background has no frames. */
const frameMsMax = 250;

export const browserTiming: Timing = {
  now: () => Date.now(),
  random: () => Math.random(),
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  frame: (run) => {
    const cancel = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
    const once = () => {
      cancel();
      run();
    };
    const frame = requestAnimationFrame(once);
    const timer = setTimeout(once, frameMsMax);
    return cancel;
  },
};

/** The engine answers in milliseconds; what takes this long does not come. */
export const answerMsMax = 5_000;

export class TimedOut extends Error {}

/** The promise's outcome, or a rejection after `ms`; a late outcome is dropped. */
export function within<T>(timing: Timing, ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timing.after(ms, () => reject(new TimedOut()));
    promise.then(resolve, reject).finally(cancel);
  });
}
