import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ProxyProcessOptions {
  readonly upstream: string;
  readonly apiKey: string;
  /** Of the page that may use it. */
  readonly origin: string;
  /** Default: any. */
  readonly port?: number;
}

export interface ProxyProcess {
  /** Where it is mounted. */
  readonly url: string;
  readonly port: number;
  /** SIGKILL: it cannot say goodbye. Resolves once it is gone. */
  kill(): Promise<void>;
}

/** Our proxy as people run it. Resolves once it listens. */
export async function startProxyProcess({
  upstream,
  apiKey,
  origin,
  port = 0,
}: ProxyProcessOptions): Promise<ProxyProcess> {
  const script = fileURLToPath(new URL('proxyProcess.js', import.meta.url));
  const child = spawn(process.execPath, [script, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'],
      ORQ_API_KEY: apiKey,
      ORQ_BASE_URL: upstream,
      AGENT_CHAT_AGENTS: 'support=support',
      AGENT_CHAT_ORIGINS: origin,
      AGENT_CHAT_SECRET: 'a secret that outlives the process',
    },
  });
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /^Proxy ready at (\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    return {
      url,
      port: Number(new URL(url).port),
      async kill() {
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      },
    };
  }
  throw new Error('The proxy ended before it listened.');
}
