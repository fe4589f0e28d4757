/** Up, down, or neither: what is written as nothing has no direction, whatever stands behind its last digit. */
export function directionOf(change: number, written: (change: number) => string): 'up' | 'dn' | null {
  return written(Math.abs(change)) === written(0) ? null : change < 0 ? 'dn' : 'up';
}
