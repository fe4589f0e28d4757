import type { Client } from '../api/types';
import { useSurroundings } from '../settings/SettingsContext';
import { Change } from './Change';
import { Section } from './Section';
import { positionsOf, useQuotes } from './quotes';

/** What he holds; what it is worth only where somebody quotes it. */
export function HoldingsSection({ client, now }: { client: Client; now: number }) {
  const { t, format } = useSurroundings();
  const words = t.client;
  const [quotes, at] = useQuotes(Object.keys(client.holdings));
  const positions = positionsOf(client.holdings, quotes);
  if (positions.length === 0) {
    return <Section title={words.holdings}><p className="t12 q">{words.noHoldings}</p></Section>;
  }
  const priced = quotes.size > 0;
  // Assets are as last valued, prices as of now: parts are never of less than what they are parts of.
  const whole = Math.max(client.assets, positions.reduce((sum, { value }) => sum + (value ?? 0), 0));
  return (
    <Section title={words.holdings} note={priced ? words.quoted(format.when(new Date(at).toISOString(), now)) : undefined}>
      <table className="sm hold">
        <thead>
          <tr>
            <th>{words.security}</th><th className="n">{words.quantity}</th>
            {priced && <><th className="n">{words.worth}</th><th className="n">{words.today}</th><th className="n">{words.part}</th></>}
          </tr>
        </thead>
        <tbody>
          {positions.map(({ symbol, quantity, value, change }) => (
            <tr key={symbol}>
              <td>{symbol}</td><td className="n">{format.number(quantity)}</td>
              {priced && (
                <>
                  <td className="n">{value === null ? t.none : format.moneyColumn(value)}</td>
                  <td className="n">{change === null ? t.none : <Change share={change} written={format.percentHundredth} />}</td>
                  <td className="n q">{value === null || whole <= 0 ? t.none : format.percent(value / whole)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
