import type { Page, Route, WebSocketRoute } from '@playwright/test';

type Json = Record<string, unknown>;

export interface StageNode {
  readonly node: string;
  readonly name?: { zh: string; en: string };
  readonly province?: number;
  readonly late?: boolean;
  readonly ageMs?: number;
  readonly at?: string;
  readonly measures?: Json;
  readonly surges?: readonly string[];
  readonly parent?: string;
  readonly children?: readonly StageNode[];
}

const end = '\u001e';

/**
 * The engine's side of the map, played: what a real one shows only when parts of a cluster die, or after twenty trading days.
 * Speaks the hub's protocol to the page and answers its requests; the page itself comes from wherever the test serves it.
 */
export class MapStage {
  #sockets = new Set<WebSocketRoute>();
  #watched = new Map<WebSocketRoute, string>();
  #nodes = new Map<string, Json>();
  #beat: NodeJS.Timeout | null = null;
  me: Json = { sub: 'hq-1', role: 'hq-operator', name: { zh: '周启明', en: 'Zhou Qiming' }, desks: ['hq'] };
  now: string;
  parts = { total: 32, late: 0 };
  history: (node: string) => Json | null = () => null;
  flows: (node: string) => Json[] = () => [];
  segments: Json[] = [];

  constructor(now: string) {
    this.now = now;
  }

  put(node: StageNode): void {
    const { children = [], ...own } = node;
    this.#nodes.set(node.node, { ...own, late: own.late ?? false, children: children.map(({ children: _, ...child }) => ({ ...child, late: child.late ?? false })) });
  }

  /** Sends a change of children to whoever watches their parent. */
  change(node: string, children: readonly StageNode[] = [], own: Json = {}): void {
    const held = this.#nodes.get(node);
    if (held !== undefined) {
      const changed = children.map((child) => ({ late: false, at: this.now, ageMs: 100, ...child }));
      const next = { ...held, ...own, children: (held['children'] as Json[]).map((child) => changed.find((each) => each.node === child['node']) ?? child) };
      this.#nodes.set(node, next);
      this.#watched.forEach((watched, socket) => {
        if (watched === node) {
          this.#send(socket, { type: 1, target: 'Delta', arguments: [{ ...this.#own(next), children: changed }] });
        }
      });
    }
  }

  async on(page: Page): Promise<void> {
    const answer = (body: unknown) => (route: Route) => route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify(body) });
    await page.route('**/v1/me', (route) => answer({ ...this.me, now: this.now })(route));
    await page.route('**/v1/segments', (route) => answer({ items: this.segments, next: null })(route));
    await page.route('**/v1/map/**', (route) => {
      const [, node = '', what] = /\/v1\/map\/([^/?]+)(?:\/(\w+))?/.exec(decodeURIComponent(route.request().url())) ?? [];
      const body = what === 'history' ? this.history(node) : what === 'flows' ? { items: this.flows(node), next: null } : this.#nodes.get(node);
      return body === null || body === undefined ? route.fulfill({ status: 404, body: '{"code":"request.not.found"}' }) : answer(body)(route);
    });
    await page.route('**/hubs/map/negotiate*', answer({
      connectionId: 'c', connectionToken: 't', negotiateVersion: 1, availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text', 'Binary'] }],
    }));
    await page.routeWebSocket('**/hubs/map*', (socket) => this.#serve(socket));
    this.#beat = setInterval(() => this.#watched.forEach((node) => this.change(node)), 1_000);
  }

  /** A child as it stands now. */
  peek(node: string, child: string): StageNode {
    return (this.#nodes.get(node)?.['children'] as StageNode[]).find((each) => each.node === child) as StageNode;
  }

  /** Nothing is sent any more, and nobody is told. */
  silence(): void {
    if (this.#beat !== null) {
      clearInterval(this.#beat);
      this.#beat = null;
    }
  }

  #serve(socket: WebSocketRoute): void {
    this.#sockets.add(socket);
    socket.onClose(() => { this.#sockets.delete(socket); this.#watched.delete(socket); });
    socket.onMessage((text) => {
      for (const part of String(text).split(end).filter((each) => each !== '')) {
        const message = JSON.parse(part) as { protocol?: string; type?: number; target?: string; invocationId?: string; arguments?: string[] };
        if (message.protocol !== undefined) {
          socket.send(`{}${end}`);
        } else if (message.type === 1 && message.target === 'Watch' && this.#beat !== null) {
          this.#watch(socket, message.invocationId ?? '', message.arguments?.[0] ?? '');
        }
      }
    });
  }

  #watch(socket: WebSocketRoute, invocationId: string, node: string): void {
    const held = this.#nodes.get(node);
    if (held === undefined) {
      this.#send(socket, { type: 3, invocationId, error: 'HubException: request.not.found No such node.' });
    } else {
      this.#watched.set(socket, node);
      this.#send(socket, { type: 3, invocationId, result: { ...held, ...this.#own(held) } });
    }
  }

  #own({ children: _, ...node }: Json): Json {
    return { ...node, at: node['late'] === true ? node['at'] ?? this.now : this.now, ageMs: node['ageMs'] ?? 100, parts: this.parts };
  }

  #send(socket: WebSocketRoute, message: unknown): void {
    socket.send(JSON.stringify(message) + end);
  }
}
