const listeners = new Set<() => void>();

/** Tells whoever shows the session that the engine no longer knows it, wherever on the page that was noticed. */
export const signedOut = (): void => listeners.forEach((listener) => listener());

/** Returns how to stop listening. */
export function whenSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
