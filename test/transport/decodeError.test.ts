import { describe, expect, it } from 'vitest';
import { decodeError, decodeErrorBody, type FailedRequest } from '../../src/transport/decodeError.js';

const failed = (changes: Partial<FailedRequest>): FailedRequest => ({
  method: 'POST',
  url: '/chat/v2/agents/a/responses',
  status: 500,
  statusText: '',
  contentType: 'application/json',
  body: '',
  requestId: null,
  retryAfterMs: undefined,
  hasTask: false,
  ...changes,
});

describe('the words of an error body', () => {
  it.each([
    [{ error: { message: 'first', code: 'inner' }, message: 'second', code: 'outer' }, 'first', 'inner'],
    [{ error: 'first', message: 'second', code: 'outer' }, 'first', 'outer'],
    [{ message: 'first', data: { error: 'second' } }, 'first', null],
    [{ data: { error: 'first' } }, 'first', null],
    [{ error: { code: null, message: 'first', param: 'model', type: 't' } }, 'first', null],
    [{ id: 'x', code: 400, error: 'first', source: 's' }, 'first', null],
    [{ error: null, message: 'first', data: 'odd' }, 'first', null],
    [{ error: { message: 7 }, message: 'first' }, 'first', null],
    [{ error: '', message: 'first' }, 'first', null],
    [['list'], null, null],
    [{}, null, null],
  ])('of %j are %j with the code %j', (body, message, code) => {
    expect(decodeErrorBody(JSON.stringify(body))).toMatchObject({ message, code });
  });

  it.each(['', '<html>', '{"message":', 'null'])('are none in %j', (body) => {
    expect(decodeErrorBody(body)).toEqual({ message: null, code: null, requestId: null, processed: null });
  });

  it('include what our proxy knows', () => {
    const body = JSON.stringify({ error: { code: 'c', message: 'm', request_id: 'req-1', processed: 'no' } });
    expect(decodeError(failed({ body, requestId: 'req-0' }))).toMatchObject({ requestId: 'req-1', processed: 'no' });
    expect(decodeError(failed({ requestId: 'req-0' }))).toMatchObject({ requestId: 'req-0', processed: 'unknown' });
  });
});

describe('the code of an error', () => {
  it.each([
    [0, 'forbidden', 'no'],
    [302, 'forbidden', 'no'],
    [400, 'invalid_request', 'no'],
    [401, 'unauthorized', 'no'],
    [403, 'forbidden', 'no'],
    [404, 'agent_not_found', 'no'],
    [408, 'timeout', 'unknown'],
    [409, 'task_active', 'no'],
    [413, 'too_large', 'no'],
    [422, 'invalid_request', 'no'],
    [429, 'rate_limited', 'no'],
    [500, 'server_error', 'unknown'],
    [502, 'server_error', 'unknown'],
    [504, 'timeout', 'unknown'],
  ])('of %i is %s, and processed is %s', (status, code, processed) => {
    expect(decodeError(failed({ status }))).toMatchObject({ code, processed, status });
  });

  it('of a 404 is the task, where there is one and the server does not say otherwise', () => {
    expect(decodeError(failed({ status: 404, hasTask: true })).code).toBe('task_not_found');
    const body = '{"error":{"code":"agent_not_found","message":"m"}}';
    expect(decodeError(failed({ status: 404, hasTask: true, body })).code).toBe('agent_not_found');
  });
});

it('says what happened, and what to do where a page answered', () => {
  const { message } = decodeError(
    failed({
      status: 503,
      statusText: 'Service Unavailable',
      contentType: 'text/html; charset=utf-8',
      body: '<h1>Oops</h1>',
    }),
  );
  expect(message).toContain('answered 503: Service Unavailable.');
  expect(message).toContain('web page');
  expect(message).not.toContain('<h1>');
});
