import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));
const MB = 1_000_000;

let folder: string;

/** An empty project with the packed package in it, as a user has it. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-chat-consumer-'));
  const [tarball] = JSON.parse(npm(project, 'pack', '--json', '--pack-destination', folder)) as [{ filename: string }];
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', version: '1.0.0', private: true, type: 'module' }),
  );
  npm(
    folder,
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    `./${tarball.filename}`,
    'react@19.3.1',
    'react-dom@19.3.1',
    '@types/react@19.3.0',
  );
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAIN = `
import { createElement } from 'react';
import { AgentChatWidget, useAgentConversation, createConversation, createResponsesTransport, AgentChatError, type AgentChatWidgetProps } from 'agent-chat-widget';
import { nl } from 'agent-chat-widget/locales/nl';
import type { AgentTransport, ConversationState } from 'agent-chat-widget/core';
import { createAgentProxy } from 'agent-chat-widget/proxy';
import { createEmulator, say } from 'agent-chat-widget/emulator';

const props: AgentChatWidgetProps = { url: '/api/agent-chat', agent: 'support', mode: 'inline', locale: { ...nl, labels: { ...nl.labels, greeting: 'Dag!' } } };
export const element = createElement(AgentChatWidget, props);
const transport: AgentTransport = createResponsesTransport({ url: '/api/agent-chat', mode: 'background' });
const conversation = createConversation({ agentKey: 'support', transport, identity: { id: 'visitor' } });
export const state: ConversationState = conversation.getState();
export const id: string = conversation.send('Hello');
export function Headless() {
  const { messages, send, status } = useAgentConversation({ url: '/api/agent-chat', agent: 'support' });
  return createElement('button', { onClick: () => send('Hi') }, status, messages.length);
}
const emulator = createEmulator({ apiKey: 'k', agents: { parrot: (turn) => [say(turn.text)] } });
export const proxy = createAgentProxy({ apiKey: 'k', agents: { support: 'parrot' }, origins: [], fetch: (url, init) => emulator.fetch(new Request(url, init)) });
// @ts-expect-error: an agent has to be named
export const wrong: AgentChatWidgetProps = { url: '/api/agent-chat' };
export const isOurs = (thrown: unknown): boolean => thrown instanceof AgentChatError;
`;

it.each(['nodenext', 'bundler'])(
  'its types check in an empty project (%s)',
  (resolution) => {
    const source = join(folder, 'src');
    mkdirSync(source, { recursive: true });
    writeFileSync(join(source, 'main.ts'), MAIN);
    const compilerOptions = {
      target: 'es2022',
      module: resolution === 'nodenext' ? 'nodenext' : 'esnext',
      moduleResolution: resolution,
      lib: ['es2023', 'dom', 'dom.iterable'],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
    expect(run(process.execPath, join(project, 'node_modules/typescript/bin/tsc'), '-p', folder)).toBe('');
  },
  60_000,
);

it('its command runs there', () => {
  expect(run(process.execPath, join(folder, 'node_modules/agent-chat-widget/dist/cli/index.js'), '--help')).toContain(
    'emulator',
  );
});

it('takes at most 15 MB with its dependencies, React apart', () => {
  const modules = join(folder, 'node_modules');
  const size = readdirSync(modules)
    .filter((name) => !/^(react|react-dom|scheduler|csstype|@types)$/.test(name))
    .reduce((sum, name) => sum + sizeOf(join(modules, name)), 0);
  console.log(`installed: ${(size / MB).toFixed(1)} MB of 15 MB`);
  expect(size).toBeLessThanOrEqual(15 * MB);
});

function npm(cwd: string, ...parameters: string[]): string {
  return execFileSync('npm', parameters, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function run(command: string, ...parameters: string[]): string {
  try {
    return execFileSync(command, parameters, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return String((error as { stdout?: string }).stdout) + String((error as { stderr?: string }).stderr);
  }
}

function sizeOf(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
