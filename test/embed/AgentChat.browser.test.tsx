import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAgentChatCommand, type AgentChatCommand } from '../../src/embed/createAgentChatCommand.js';
import type { AgentChatElement } from '../../src/embed/AgentChatElement.js';
import { callClientTool, createEmulator, say } from '../../src/emulator/index.js';

const emulator = createEmulator({
  apiKey: 'k',
  agents: {
    parrot: (turn) => [say(`You said ${turn.text}`)],
    other: () => [say('Other')],
    painter: () => [say('![one](https://cdn.example/answers/1.png) ![two](https://cdn.example/2.png)')],
    caller: ({ toolResults }) => (toolResults.length > 0 ? [say('Thanks')] : [callClientTool({ name: 'open_cart' })]),
  },
});
const options = { url: '/emulated', agent: 'parrot', title: 'Parrot' } as const;
let agentChat: AgentChatCommand;

beforeEach(() => {
  agentChat = createAgentChatCommand(document);
  vi.spyOn(window, 'fetch').mockImplementation((input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, 'http://emulator').href.replace('/emulated', '');
    return emulator.fetch(
      new Request(url, {
        ...init,
        headers: { ...(init?.headers as Record<string, string>), authorization: 'Bearer k' },
      }),
    );
  });
});

afterEach(() => {
  agentChat('shutdown');
  vi.restoreAllMocks();
});

const element = (): AgentChatElement => document.querySelector<AgentChatElement>('agent-chat')!;
const inside = (selector: string): HTMLElement | null => element().shadowRoot!.querySelector<HTMLElement>(selector);
const heard = (name: Parameters<typeof listen>[0]): Promise<unknown> => new Promise((resolve) => listen(name, resolve));
function listen(
  name: 'open' | 'close' | 'message:sent' | 'message:received' | 'error',
  listener: (detail: unknown) => void,
): void {
  agentChat('on', name, listener);
}

it('boots into the page, opens, closes and toggles, and tells', async () => {
  agentChat('boot', options);
  const told: string[] = [];
  listen('open', () => told.push('open'));
  listen('close', () => told.push('close'));
  const dom: string[] = [];
  document.addEventListener('agent-chat:open', () => dom.push('open'), { once: true });
  agentChat('open');
  await vi.waitFor(() => expect(inside('[role="dialog"]')?.checkVisibility()).toBe(true));
  agentChat('close');
  agentChat('toggle');
  expect(told).toEqual(['open', 'close', 'open']);
  expect(dom).toEqual(['open']);
});

it('sends, and hands the answer to the page', async () => {
  agentChat('boot', options);
  const [sent, received] = [heard('message:sent'), heard('message:received')];
  const messageId = agentChat('send', 'Hello');
  expect(await sent).toEqual({ messageId, text: 'Hello' });
  expect(await received).toMatchObject({ text: 'You said Hello' });
});

it('tells that a message was sent when it leaves, once: not while it waits for the network, and not where it is held back', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  agentChat('boot', { ...options, storage: 'none' });
  const sent = vi.fn();
  listen('message:sent', sent);
  const { conversation } = element().chat!;

  conversation.update({ beforeSend: () => null });
  const error = heard('error');
  agentChat('send', 'Held back');
  await error;
  conversation.update({ beforeSend: undefined });

  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const messageId = agentChat('send', 'Hello');
  await vi.waitFor(() => expect(agentChat('getState')?.connection).toBe('offline'));
  expect(sent).not.toHaveBeenCalled();

  const answer = vi.mocked(window.fetch).getMockImplementation()!;
  const refusal = { code: 'busy', message: 'Not now.', request_id: 'r', processed: 'no' };
  let posts = 0;
  vi.mocked(window.fetch).mockImplementation(async (input, init) => {
    const isRefused = init?.method === 'POST' && ++posts === 1;
    return isRefused ? Response.json({ error: refusal }, { status: 503 }) : answer(input, init);
  });
  const received = heard('message:received');
  online.mockReturnValue(true);
  window.dispatchEvent(new Event('online'));
  await received;
  expect(posts).toBe(2);
  expect(sent.mock.calls).toEqual([[{ messageId, text: 'Hello' }]]);
});

it('forgets a listener that was taken off', async () => {
  agentChat('boot', options);
  const listener = vi.fn();
  agentChat('on', 'message:sent', listener);
  agentChat('off', 'message:sent', listener);
  const received = heard('message:received');
  agentChat('send', 'Hello');
  await received;
  expect(listener).not.toHaveBeenCalled();
});

it('reports an agent that is not there', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  agentChat('boot', { ...options, agent: 'nobody' });
  const error = heard('error');
  agentChat('send', 'Hello');
  expect(await error).toMatchObject({ code: 'agent_not_found' });
});

it('leaves nothing behind when it is shut down, and may come back', () => {
  agentChat('boot', options);
  agentChat('shutdown');
  expect(element()).toBeNull();
  agentChat('boot', options);
  agentChat('boot', { ...options, agent: 'other' });
  expect(document.querySelectorAll('agent-chat')).toHaveLength(1);
});

it('says what is wrong with a command', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  agentChat('open');
  expect(warn).toHaveBeenCalledWith(expect.stringMatching(/no chat is in the page/));
  expect(() => agentChat('explode' as 'open')).toThrow(/no command 'explode'.*open/);
  expect(() => agentChat('boot', options, '#missing')).toThrow(/"#missing"/);
});

it('as an element: follows its attributes, keeps the conversation through a change of looks, and begins anew with another agent', async () => {
  agentChat('boot', options);
  const received = heard('message:received');
  agentChat('send', 'Hello');
  await received;
  const { conversation } = element().chat!;
  element().setAttribute('theme', 'dark');
  await vi.waitFor(() => expect(inside('[data-ac="root"]')?.dataset['theme']).toBe('dark'));
  expect(element().chat!.conversation).toBe(conversation);
  element().setAttribute('agent', 'other');
  expect(element().chat!.conversation.getState().messages).toEqual([]);
});

it('as an element: speaks the language that its attribute names, also when it changes, and English where there is none', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  agentChat('boot', { ...options, locale: 'de-CH' });
  const root = (): HTMLElement => inside('[data-ac="root"]')!;
  await vi.waitFor(() => expect(inside('[data-ac="launcher"]')?.getAttribute('aria-label')).toBe('Chat öffnen'));
  expect(root().lang).toBe('de');
  element().setAttribute('locale', 'he');
  await vi.waitFor(() => expect(root().dir).toBe('rtl'));
  element().setAttribute('locale', 'tlh');
  await vi.waitFor(() => expect(inside('[data-ac="launcher"]')?.getAttribute('aria-label')).toBe('Open chat'));
  expect(warn).toHaveBeenCalledWith(expect.stringMatching(/locale="tlh" is not one of/));
});

it('as an element without an address: says so and shows nothing', () => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  document.body.append(document.createElement('agent-chat'));
  expect(error).toHaveBeenCalledWith(expect.stringMatching(/no `url` or no `agent`/));
  element().remove();
});

it('keeps the looks of the page out', () => {
  const style = document.createElement('style');
  style.textContent =
    '* { color: rgb(255, 0, 0) !important; font-size: 40px !important; } button { display: none !important; }';
  document.head.append(style);
  agentChat('boot', { ...options, open: true });
  return vi.waitFor(() => {
    const button = inside('button')!;
    expect(getComputedStyle(button).display).not.toBe('none');
    expect(getComputedStyle(inside('[data-ac="root"]')!).color).not.toBe('rgb(255, 0, 0)');
    style.remove();
  });
});

it('is changed, filled in, asked and begun anew by command', async () => {
  agentChat('boot', options);
  agentChat('update', { theme: 'dark', density: 'compact' });
  await vi.waitFor(() => expect(inside('[data-ac="root"]')?.dataset['theme']).toBe('dark'));
  expect(inside('[data-ac="root"]')?.dataset['density']).toBe('compact');
  agentChat('open');
  agentChat('prefill', 'Half a thought');
  await vi.waitFor(() => expect(inside('textarea')).toHaveProperty('value', 'Half a thought'));
  const received = heard('message:received');
  agentChat('send', 'Hello');
  await received;
  expect(agentChat('getState')).toMatchObject({ isOpen: true, status: 'completed' });
  agentChat('identify', { id: 'ada' });
  agentChat('newConversation');
  expect(agentChat('getState')?.messages).toEqual([]);
  await agentChat('logout');
  expect(agentChat('getState')?.identity).toBe(null);
  agentChat('prefill', 'Half a thought');
  await agentChat('logout');
  await vi.waitFor(() => expect(inside('textarea')).toHaveProperty('value', ''));
});

it('is given back with its tools and its visitor where the page was replaced', async () => {
  const execute = vi.fn(() => 'opened');
  agentChat('registerTool', 'open_cart', { title: 'Open the cart', needsApproval: false, execute });
  agentChat('identify', { id: 'kim' });
  agentChat('boot', { ...options, agent: 'caller', storage: 'none' });
  const first = element().chat;
  document.body.replaceChildren();
  await vi.waitFor(() => expect(element()?.chat).toBeTruthy());
  expect(element().chat).not.toBe(first);
  expect(agentChat('getState')?.identity).toEqual({ id: 'kim' });
  const received = heard('message:received');
  agentChat('send', 'Open my cart');
  expect(await received).toMatchObject({ text: 'Thanks' });
  expect(execute).toHaveBeenCalledOnce();
});

it('loads the images of allowed addresses, and names the others', async () => {
  agentChat('boot', {
    ...options,
    agent: 'painter',
    storage: 'none',
    open: true,
    images: 'https://a.example https://cdn.example/answers/',
  });
  const received = heard('message:received');
  agentChat('send', 'Paint');
  await received;
  await vi.waitFor(() => expect(inside('img')?.getAttribute('src')).toBe('https://cdn.example/answers/1.png'));
  expect(element().shadowRoot!.querySelectorAll('img')).toHaveLength(1);
});
