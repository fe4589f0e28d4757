const firstMs = 1_000;
const mostMs = 30_000;

/** How long to wait after the n-th refusal for asking too often: twice as long each time, and never shorter than the engine said. */
export const backoffMs = (refusals: number, saidMs: number | null): number =>
  Math.max(saidMs ?? 0, Math.min(firstMs * 2 ** Math.max(0, refusals - 1), mostMs));
