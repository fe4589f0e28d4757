import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const assembly = process.env['ENGAGE'] ?? join(root, `src/Engage/bin/${process.env['ENGAGEMENT_CONFIGURATION'] ?? 'Debug'}/net10.0/Engagement.Engage.dll`);
const readyMsMax = 60_000;

export const engineIsBuilt = (): boolean => existsSync(assembly);

/** A real engine in a process of its own, on data of its own. */
export class Engine {
  readonly url: string;
  readonly port: number;
  readonly #data: string;
  readonly #process: ChildProcess;
  #output = '';

  private constructor(port: number, data: string, process: ChildProcess) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#data = data;
    this.#process = process;
    process.stdout?.on('data', (chunk: Buffer) => { this.#output += chunk.toString(); });
    process.stderr?.on('data', (chunk: Buffer) => { this.#output += chunk.toString(); });
  }

  /** On a clock that the test moves. */
  static start(now: string): Promise<Engine> {
    return Engine.#start('--bare', '--clock', 'manual', '--now', now);
  }

  /** With the demo, which plays by the wall clock. */
  static startDemo(): Promise<Engine> {
    return Engine.#start();
  }

  static async #start(...options: string[]): Promise<Engine> {
    const data = await mkdtemp(join(tmpdir(), 'engage-screens-'));
    const port = await freePort();
    const args = ['serve', '--data', data, '--urls', `http://127.0.0.1:${port}`, ...options];
    const engine = new Engine(port, data, spawn('dotnet', [assembly, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }));
    try {
      await engine.#ready();
      return engine;
    } catch (error) {
      await engine.stop();
      throw error;
    }
  }

  /** Ends the process by its own id, and waits until it has gone. */
  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exited = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      const killer = setTimeout(() => this.#process.kill('SIGKILL'), 10_000);
      await exited;
      clearTimeout(killer);
    }
    await rm(this.#data, { recursive: true, force: true });
  }

  /** What `engage token` makes, without a process for each. */
  async token(role: string, sub: string, node?: string): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: 'engagement-embedded', aud: 'engagement', iat: now, nbf: now - 60, exp: now + 12 * 3_600, sub, role, ...(node === undefined ? {} : { node }) };
    const text = [{ alg: 'HS256', kid: 'embedded', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const key = await readFile(join(this.#data, 'token.key'));
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  }

  async call(method: string, path: string, token: string, body?: unknown, type = 'application/json'): Promise<unknown> {
    const response = await fetch(this.url + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': type }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  }

  async #ready(): Promise<void> {
    const until = Date.now() + readyMsMax;
    while (Date.now() < until) {
      if (this.#process.exitCode !== null) {
        throw new Error(`The engine ended with ${this.#process.exitCode}:\n${this.#output}`);
      }
      const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
      if (answer?.ok === true) {
        return;
      }
      await new Promise((wake) => setTimeout(wake, 100));
    }
    throw new Error(`The engine was not ready after ${readyMsMax} ms:\n${this.#output}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('A TCP server has a port.');
  }
  return address.port;
}
