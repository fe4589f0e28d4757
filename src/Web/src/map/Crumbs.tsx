import { useMapWords } from './useMapWords';
import type { Crumb } from './usePath';

interface CrumbsProps {
  readonly crumbs: readonly Crumb[];
  /** The tile that Enter opens. */
  readonly next: string | null;
  readonly onGo: (node: string) => void;
}

/** Where one is, and the ways up. The last is the page's title. */
export function Crumbs({ crumbs, next, onGo }: CrumbsProps) {
  const words = useMapWords();
  return (
    <nav className="crumb" aria-label={words.crumbs}>
      <ol>
        {crumbs.map(({ node, name }, index) => (
          <li key={node}>
            {index === crumbs.length - 1 ? <h1 aria-current="location">{name}</h1>
              : <button className="plain" onClick={() => onGo(node)}>{name}{index === crumbs.length - 2 && <kbd>Esc</kbd>}</button>}
          </li>
        ))}
        {next !== null && <li className="next" aria-hidden="true"><span>{next}</span> <kbd>Enter</kbd></li>}
      </ol>
    </nav>
  );
}
