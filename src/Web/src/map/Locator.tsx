import { provinceColumns, provinceRows, provinces } from './provinces';
import { useMapWords } from './useMapWords';

const cell = 11;

/** Below a province the grid stays in sight, small: where one is. */
export function Locator({ code, name }: { code: number; name: string }) {
  const words = useMapWords();
  return (
    <svg className="locator" width={provinceColumns * cell - 1} height={provinceRows * cell - 1} role="img" aria-label={words.locator(name)}>
      {provinces.map((province) => (
        <rect key={province.code} className={province.code === code ? 'here' : undefined}
          x={province.column * cell} y={province.row * cell} width={cell - 1} height={cell - 1} />
      ))}
    </svg>
  );
}
