import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** The network between the browser and the engine, which a test can break in the two ways in which networks break. */
export class Line {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  readonly #target: number;
  #mode: 'open' | 'cut' | 'silent' = 'open';

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((near) => this.#carry(near));
  }

  static async to(target: number): Promise<Line> {
    const line = new Line(target);
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    return line;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  }

  /** Connections end at once, and new ones are refused. */
  cut(): void {
    this.#mode = 'cut';
    this.#sockets.forEach((socket) => socket.destroy());
  }

  /** Nothing goes through any more, and nobody is told. */
  silence(): void {
    this.#mode = 'silent';
    this.#sockets.forEach((socket) => socket.pause());
  }

  /** New connections go through again; those from before stay dead. */
  restore(): void {
    this.#mode = 'open';
  }

  async close(): Promise<void> {
    this.#sockets.forEach((socket) => socket.destroy());
    this.#server.close();
    await once(this.#server, 'close');
  }

  #carry(near: Socket): void {
    if (this.#mode === 'cut') {
      near.destroy();
      return;
    }
    this.#keep(near);
    if (this.#mode === 'silent') {
      near.pause();
      return;
    }
    const far = connect(this.#target, '127.0.0.1');
    this.#keep(far);
    near.on('data', (chunk) => far.write(chunk)).on('close', () => far.destroy());
    far.on('data', (chunk) => near.write(chunk)).on('close', () => near.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.#sockets.delete(socket));
  }
}
