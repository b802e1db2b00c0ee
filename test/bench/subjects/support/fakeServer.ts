import { openAnswer } from '../../../support/answers.js';

/** A server that a widget talks to: answers the one message that it is sent as slowly as the bench says, and knows nothing else. */
export interface FakeServer {
  readonly fetch: typeof fetch;
  /** Resolves once a message was sent, with what writes its answer. */
  readonly answering: Promise<ReturnType<typeof openAnswer>>;
}

/**
 * @param others - answers the requests that send no message. Default: 404.
 * @param isMessage - tells which do. Default: those that post.
 */
export function createFakeServer(
  others: (body: string) => Response = () => new Response('{}', { status: 404 }),
  isMessage: (body: string) => boolean = (body) => body !== '',
): FakeServer {
  const answer = openAnswer();
  let begin: (value: typeof answer) => void;
  return {
    answering: new Promise((resolve) => (begin = resolve)),
    fetch: (_address, { body } = {}) => {
      const text = typeof body === 'string' ? body : '';
      if (!isMessage(text)) return Promise.resolve(others(text));
      begin(answer);
      return Promise.resolve(answer.response);
    },
  };
}
