import type { Page, Route } from '@playwright/test';

const desk = 'advisor:a-1';
const dayMs = Date.parse('2026-03-02T01:30:00Z');

interface Staged {
  /** Pushes so many changes, each in a message of its own. Returns how many prompts are seen then. */
  readonly change: (count: number) => number;
}

/**
 * A desk as full as none is, played inside the page, for a test that counts what the page itself costs: its hub pushes as many
 * changes as it is told to. Belongs before the page is opened.
 */
export async function fillDesk(page: Page, prompts: number): Promise<void> {
  const answer = (body: unknown, status = 200) => (route: Route) => route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) });
  await page.route('**/v1/me', answer({ sub: 'a-1', role: 'advisor', desks: [desk], now: new Date(dayMs).toISOString() }));
  await page.route('**/v1/segments', answer({ items: [], next: null }));
  await page.route('**/v1/desks/**', answer({ desk, clients: 200, capacity: 300 }));
  await page.route('**/v1/clients/**', answer({ code: 'request.not.found' }, 404));
  await page.route('**/hubs/desk/negotiate*', answer({
    connectionId: 'c', connectionToken: 't', negotiateVersion: 1, availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text', 'Binary'] }],
  }));
  await page.addInitScript(playHub, { desk, dayMs, size: prompts });
}

/** Pushes `perSecond` changes a second for so long, and counts the frames that the page drew meanwhile. */
export const pushSteadily = (page: Page, perSecond: number, seconds: number): Promise<{ frames: number; seen: number }> =>
  page.evaluate(([rate, length]) => new Promise((resolve) => {
    const { staged } = window as unknown as { staged: Staged };
    const begun = performance.now();
    let [frames, sent, seen] = [0, 0, 0];
    const count = () => { frames++; requestAnimationFrame(count); };
    requestAnimationFrame(count);
    const timer = setInterval(() => {
      const due = Math.min(rate * length, Math.floor(((performance.now() - begun) / 1_000) * rate));
      seen = staged.change(due - sent);
      sent = due;
      if (due === rate * length) {
        clearInterval(timer);
        // What came last is drawn, too.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve({ frames, seen })));
      }
    }, 5);
  }), [perSecond, seconds] as const);

/** Runs in the page, and so knows nothing of what stands around it. */
function playHub({ desk: ofDesk, dayMs: now, size }: { desk: string; dayMs: number; size: number }): void {
  const end = '\u001e';
  const promptOf = (index: number, seq: number, state: string) => ({
    id: `p-${index}`, seq, campaign: 'large-trade', campaignName: { zh: '大额成交', en: 'Large trade' }, client: `c-${index % 3_000}`, desk: ofDesk,
    priority: 40 + (index % 60), value: (index * 37) % 5_000, message: { zh: `买入 600519，资产 ${index + 100_000} 元`, en: `Bought 600519, assets ${index + 100_000} yuan` },
    because: [], raisedAt: new Date(now - index * 1_000).toISOString(), expiresAt: new Date(now + 86_400_000).toISOString(), state,
  });
  const held = Array.from({ length: size }, (_, index) => promptOf(index, index + 1, 'open'));
  let [seq, next, seen] = [size, 0, 0];
  let push: (message: object) => void = () => undefined;

  class Hub extends EventTarget {
    static readonly OPEN = 1;
    readonly url: string;
    binaryType = 'blob';
    readyState = 0;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;

    constructor(url: string) {
      super();
      this.url = url;
      push = (message) => this.onmessage?.({ data: JSON.stringify(message) + end });
      setTimeout(() => { this.readyState = 1; this.onopen?.(); });
    }

    send(text: string): void {
      for (const part of text.split(end).filter((each) => each !== '')) {
        const message = JSON.parse(part) as { protocol?: string; type?: number; target?: string; invocationId?: string };
        const reply = message.protocol !== undefined ? {}
          : message.target === 'Join' ? { type: 3, invocationId: message.invocationId, result: { from: 0, seq, snapshot: true, prompts: held } } : null;
        if (reply !== null) {
          setTimeout(() => push(reply));
        }
      }
    }

    close(): void {
      this.readyState = 3;
    }
  }
  Object.assign(window, { WebSocket: Hub });
  setInterval(() => push({ type: 1, target: 'Changed', arguments: [{ from: seq, seq, prompts: [] }] }), 1_000);
  const change = (count: number): number => {
    for (let each = 0; each < count; each++) {
      const index = next++ % size;
      const from = seq++;
      // Every third moves in the list, too.
      const changed = { ...promptOf(index, seq, held[index]?.state === 'open' ? 'seen' : 'open'), ...(index % 3 === 0 ? { value: seq % 5_000 } : {}) };
      seen += changed.state === 'seen' ? 1 : -1;
      held[index] = changed;
      push({ type: 1, target: 'Changed', arguments: [{ from, seq, prompts: [changed] }] });
    }
    return seen;
  };
  Object.assign(window, { staged: { change } satisfies Staged });
}
