/** The nearest of the names that may have been meant; null where none is near enough to be a slip of the fingers. */
export function nearest(word: string, names: Iterable<string>): string | null {
  const most = Math.max(1, Math.floor(word.length / 3));
  let best: string | null = null;
  let bestAt = most + 1;
  for (const name of names) {
    const at = name === word ? 0 : distance(word, name, bestAt);
    if (at < bestAt && at > 0) {
      best = name;
      bestAt = at;
    }
  }
  return best;
}

/** Optimal string alignment: a swap of neighbours is one slip, not two. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) {
    return most;
  }
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? Infinity) + 1 : Infinity;
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + same, swap));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? most;
}
