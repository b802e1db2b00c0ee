import { HTTPClient, Orq } from '@orq-ai/node';

/** The official SDK, talking to a fetch handler in this process. */
export function createOrqClient(server: { fetch(request: Request): Promise<Response>; apiKey: string }): Orq {
  return new Orq({
    apiKey: server.apiKey,
    serverURL: 'http://emulator.test',
    httpClient: new HTTPClient({ fetcher: (input, init) => server.fetch(new Request(input, init)) }),
  });
}
