import { useEffect } from 'react';
import { usePolled } from '../api/usePolled';
import { useSurroundings } from '../settings/SettingsContext';
import type { DocumentName } from './documents';
import { useCatalogueWords } from './useCatalogueWords';

interface Progress {
  readonly clients: number;
  readonly done: number;
  readonly percent: number;
  readonly complete: boolean;
  readonly shards: readonly { readonly shard: number; readonly clients: number; readonly done: number }[];
}

const rollingMs = 1_000;
/** Somebody else may publish. */
const restingMs = 10_000;
const paceOf = (last: Progress | null): number => (last?.complete === true ? restingMs : rollingMs);

/** How far the newest publish has come, shard by shard. A change of `stamp` looks at once. */
export function RolloutPanel({ name, stamp }: { name: DocumentName; stamp: unknown }) {
  const { format } = useSurroundings();
  const words = useCatalogueWords();
  const [progress, again] = usePolled<Progress>(`/v1/${name}/rollout`, paceOf);
  useEffect(again, [stamp, again]);
  const { value, failure } = progress;
  return (
    <section className="side">
      <header>
        <h2>{words.rollout}</h2>
        <span role="status">{failure !== null ? words.failed(words.rollout, format.clock(failure.since)) : value === null ? '' : value.complete ? words.complete : `${value.percent}%`}</span>
      </header>
      {value !== null && (
        <>
          <p className="q">{words.rolledOut(format.number(value.done), format.number(value.clients))}</p>
          <div className="shards">
            {value.shards.map(({ shard, clients, done }) => {
              const percent = clients === 0 ? 100 : Math.floor((100 * done) / clients);
              return <meter key={shard} min={0} max={100} value={percent} aria-label={words.shard(shard, percent)} title={words.shard(shard, percent)} />;
            })}
          </div>
        </>
      )}
    </section>
  );
}
