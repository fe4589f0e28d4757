import { directionOf } from './direction';

/** A change of a price, marked and coloured by what is written of it. */
export function Change({ share, written }: { share: number; written: (share: number) => string }) {
  const direction = directionOf(share, written);
  const text = written(Math.abs(share));
  return direction === null ? text : <span className={direction}>{text}</span>;
}
