import { describe, expect, it, vi } from 'vitest';
import { createAgentProxy, ProxyConfigurationError } from '../../src/proxy/index.js';
import { KEY, MESSAGE, setUp } from './fakeUpstream.js';

const valid = { apiKey: KEY, agents: { support: 'support_agent' }, origins: ['https://www.example.com'] };

function mistake(options: object): ProxyConfigurationError {
  try {
    createAgentProxy({ ...valid, ...options });
  } catch (error) {
    if (error instanceof ProxyConfigurationError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('options that cannot work', () => {
  it.each<[string, object]>([
    ['apiKey', { apiKey: undefined }],
    ['apiKey', { apiKey: '' }],
    ['apiKey', { apiKey: '   ' }],
    ['apiKey', { apiKey: 'undefined' }],
    ['apiKey', { apiKey: 'null' }],
    ['apiKey', { apiKey: '${ORQ_API_KEY}' }],
    ['apiKey', { apiKey: '<your-api-key>' }],
    ['apiKey', { apiKey: 'short' }],
    ['apiKey', { apiKey: `Bearer ${KEY}` }],
    ['apiKey', { apiKey: `${KEY}\n` }],
    ['apiKey', { apiKey: 12345678 }],
    ['upstream', { upstream: '' }],
    ['upstream', { upstream: 'api.orq.ai' }],
    ['upstream', { upstream: 'ftp://api.orq.ai' }],
    ['upstream', { upstream: 'https://user:pass@api.orq.ai' }],
    ['upstream', { upstream: 'https://api.orq.ai?x=1' }],
    ['upstream', { upstream: 'https://api.orq.ai/#x' }],
    ['agents', { agents: undefined }],
    ['agents', { agents: {} }],
    ['agents', { agents: { 'a/b': 'key' } }],
    ['agents', { agents: { 'a b': 'key' } }],
    ['agents', { agents: { '': 'key' } }],
    ['agents', { agents: { '..': 'key' } }],
    ['agents', { agents: { 'a%2fb': 'key' } }],
    ['agents', { agents: { 'a?b': 'key' } }],
    ['agents', { agents: { support: '' } }],
    ['agents', { agents: { support: '../deployments' } }],
    ['agents', { agents: { support: 'two words' } }],
    ['agents', { agents: { support: {} } }],
    ['agents', { agents: { support: { key: 'k', engine: 'liquid' } } }],
    ['agents', { agents: { support: { key: 'k', braces: 'drop' } } }],
    ['agents', { agents: { support: { key: 'k', files: 'uri' } } }],
    ['agents', { agents: { support: { key: 'k', variables: 'language' } } }],
    ['agents', { agents: { support: { key: 'k', suggestions: [1] } } }],
    ['agents', { agents: { support: { key: 'k', variable: ['typo'] } } }],
    ['origins', { origins: undefined }],
    ['origins', { origins: 'https://www.example.com' }],
    ['origins', { origins: ['*'] }],
    ['origins', { origins: ['null'] }],
    ['origins', { origins: [''] }],
    ['origins', { origins: ['www.example.com'] }],
    ['origins', { origins: ['https://www.example.com/'] }],
    ['origins', { origins: ['https://www.example.com:443'] }],
    ['origins', { origins: ['https://WWW.example.com'] }],
    ['origins', { origins: ['https://*.example.com'] }],
    ['origins', { origins: ['file:///index.html'] }],
    ['basePath', { basePath: 'api/agent-chat' }],
    ['basePath', { basePath: '/api/:agent' }],
    ['basePath', { basePath: '/api/*' }],
    ['basePath', { basePath: '/api/../x' }],
    ['limits', { limits: { bodyBytes: 0 } }],
    ['limits', { limits: { parts: 1.5 } }],
    ['limits', { limits: { depth: '3' } }],
    ['limits', { limits: { bodybytes: 10 } }],
  ])('are told at creation, in three sentences, without the key: %s %j', (option, options) => {
    const error = mistake(options);
    expect(error.option).toBe(option);
    expect(error.message.match(/[.:] [A-Z]|\.$/g)!.length).toBeGreaterThanOrEqual(3);
    expect(error.message).not.toContain(KEY);
  });

  it('come with the right spelling of an origin', () => {
    expect(mistake({ origins: ['https://WWW.Example.com:443/chat'] }).message).toContain('"https://www.example.com"');
  });
});

describe('options that work', () => {
  it.each<[string, object]>([
    ['no origins but the own', { origins: [] }],
    ['a local API', { upstream: 'http://127.0.0.1:4010', apiKey: 'emulator-key' }],
    ['a root as base path', { basePath: '/' }],
    ['a public name like a built-in', { agents: { constructor: 'key' } }],
  ])('%s', (_case, options) => {
    expect(() => createAgentProxy({ ...valid, ...options })).not.toThrow();
  });

  it('reach an agent whose public name is that of a built-in', async () => {
    const { post, upstream } = setUp({ agents: { constructor: 'support_agent' } });
    await post({ message: MESSAGE }, {}, '/v2/agents/constructor/responses');
    expect(upstream.hits).toHaveLength(1);
  });

  it('need no logger: what needs a developer goes to the console, and nothing else', async () => {
    const console_ = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    try {
      const proxy = createAgentProxy({
        ...valid,
        fetch: () => Promise.resolve(new Response('bad key', { status: 401 })),
      });
      const request = (path: string) => proxy.fetch(new Request(`https://proxy.example${path}`));
      await request('/nowhere');
      expect(console_).not.toHaveBeenCalled();
      await request('/v2/agents/support/responses/TASK01');
      expect(console_).toHaveBeenCalledTimes(1);
      expect(JSON.parse(String(console_.mock.calls[0]![0]))).toMatchObject({
        code: 'upstream_unauthorized',
        level: 'error',
      });
    } finally {
      console_.mockRestore();
    }
  });
});
