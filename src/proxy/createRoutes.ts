import { Hono, type Context } from 'hono';
import { createAgentCards } from './agentCard.js';
import { answerReview } from './answerReview.js';
import { cancelRun } from './cancelRun.js';
import { createRuns, type Runs } from './createRuns.js';
import type { Exchange } from './exchange.js';
import { passFeedback } from './passFeedback.js';
import { pollTask } from './pollTask.js';
import { ProxyError } from './proxyError.js';
import { readReceipt } from './readReceipt.js';
import { replayRun } from './replayRun.js';
import type { ProxyAgent } from './resolveAgents.js';
import type { ProxySettings } from './resolveOptions.js';
import { sendMessage } from './sendMessage.js';
import { isTaskId } from './taskId.js';

export interface Env {
  Bindings: { exchange: Exchange };
}

const RESPONSES = '/v2/agents/:agent/responses';
const TASK = `${RESPONSES}/:task_id`;

/** The routes, under the base path. Those that need a memory exist only where there is one. */
export function createRoutes(settings: ProxySettings, runs: Runs): Hono<Env> {
  const loadCard = createAgentCards(settings);
  const isLongLived = settings.process === 'long-lived';

  const app = new Hono<Env>().basePath(settings.basePath);
  app.get('/healthz', (context) => {
    noteRoute(context, '/healthz');
    return context.json({ status: 'ok' });
  });
  app.get('/agents/:agent', async (context) =>
    context.json(await loadCard(findAgent(context, settings, '/agents/:agent'), context.env.exchange)),
  );
  app.post(RESPONSES, (context) => {
    const agent = findAgent(context, settings, RESPONSES);
    // Two requests to one worker may not touch each other's streams.
    return sendMessage(
      context.req.raw,
      agent,
      settings,
      isLongLived ? runs : createRuns(settings),
      context.env.exchange,
    );
  });
  app.get(TASK, (context) => {
    const agent = findAgent(context, settings, TASK);
    return pollTask(readTaskId(context), agent, settings, context.env.exchange);
  });
  app.post('/feedback', async (context) => {
    noteRoute(context, '/feedback');
    return context.json(await passFeedback(context.req.raw, settings, context.env.exchange));
  });
  if (isLongLived) addMemoryRoutes(app, settings, runs);
  if (settings.reviews !== null) {
    app.post(`${TASK}/reviews/:tool_call_id`, async (context) => {
      const agent = findAgent(context, settings, `${TASK}/reviews/:tool_call_id`);
      const subject = { taskId: readTaskId(context), toolCallId: readId(context, 'tool_call_id', 'review_gone') };
      return context.json(await answerReview(subject, agent, context.req.raw, settings, context.env.exchange));
    });
  }
  app.notFound(() => {
    const mount =
      settings.basePath === ''
        ? 'The proxy expects its routes at the root of the host (basePath is empty)'
        : `The proxy expects its routes under "${settings.basePath}" (basePath)`;
    throw new ProxyError('not_found', {
      note: `${mount}, such as ${settings.basePath}/v2/agents/{agent}/responses. Mount it there, or set basePath.`,
    });
  });
  // Errors become responses in one place only, where the headers are set as well.
  app.onError((error) => {
    throw error;
  });
  return app;
}

function addMemoryRoutes(app: Hono<Env>, settings: ProxySettings, runs: Runs): void {
  app.get('/receipts/:key', async (context) => {
    noteRoute(context, '/receipts/:key');
    return context.json(await readReceipt(context.req.param('key'), context.req.raw, runs));
  });
  app.post(`${TASK}/cancel`, async (context) => {
    const agent = findAgent(context, settings, `${TASK}/cancel`);
    return context.json(await cancelRun(readTaskId(context), agent, context.req.raw, runs));
  });
  if (settings.limits.graceMs === 0) return;
  app.get(`${TASK}/events`, (context) => {
    const agent = findAgent(context, settings, `${TASK}/events`);
    return replayRun(readTaskId(context), agent, context.req.raw, settings, runs, context.env.exchange);
  });
}

/** For the log: the pattern, written as the documentation writes it. */
function noteRoute(context: Context<Env>, pattern: string): void {
  context.env.exchange.note({ route: pattern.replace(/:(\w+)/g, '{$1}') });
}

function findAgent(context: Context<Env>, settings: ProxySettings, pattern: string): ProxyAgent {
  noteRoute(context, pattern);
  const agent = settings.agents.get(context.req.param('agent') ?? '');
  if (agent === undefined) throw new ProxyError('agent_not_found');
  context.env.exchange.note({ agent: agent.name });
  return agent;
}

function readTaskId(context: Context<Env>): string {
  return readId(context, 'task_id', 'task_not_found');
}

/** Ids end up in paths, so one that could mean something there is refused, as an id of nothing. */
function readId(context: Context<Env>, name: string, code: 'task_not_found' | 'review_gone'): string {
  const id = context.req.param(name) ?? '';
  if (!isTaskId(id)) throw new ProxyError(code, { field: name });
  return id;
}
