const width = 82;
const height = 20;
const pad = 2;

/** The last minutes of a tile, from zero, so that lines can be told apart by height and not by wobble alone. */
export function TileLine({ values, className = 'sp' }: { values: readonly (number | null)[] | null; className?: string }) {
  const known = values?.filter((value) => value !== null) ?? [];
  if (values === null || known.length < 2) {
    return <svg className={className} aria-hidden="true" />;
  }
  return (
    <svg className={className} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={pathOf(values)} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** A gap in what is known is a gap in the line. */
export function pathOf(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const low = Math.min(0, ...known);
  const span = Math.max(...known, 0) - low || 1;
  let pen = 'M';
  return values.map((value, index) => {
    if (value === null) {
      pen = 'M';
      return '';
    }
    const x = (index / (values.length - 1)) * width;
    const y = height - pad - ((value - low) / span) * (height - 2 * pad);
    const step = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
    return step;
  }).join('');
}
