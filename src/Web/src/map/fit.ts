const widePx = 12;
const narrowPx = 6.4;

/** How wide a text of 12 px is, nearly: a Chinese character is a square, any other about half of one. */
export const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/u.test(letter) ? widePx : narrowPx), 0);

/** As much of a text as has room. */
export function fitted(text: string, roomPx: number): string {
  if (widthOf(text) <= roomPx) {
    return text;
  }
  let kept = '';
  for (const letter of text) {
    if (widthOf(kept + letter) + widePx > roomPx) {
      break;
    }
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}
