import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { addAgentRoutes } from './agentRoutes.js';
import { createAgentRegistry } from './agentRegistry.js';
import { systemClock, type Clock } from './clock.js';
import { addFeedbackRoutes } from './feedbackRoutes.js';
import { createIds } from './ids.js';
import { toLatency, type LatencyOption } from './latency.js';
import type { ManifestFields } from './manifest.js';
import { defaultProfile, type Profile } from './profile.js';
import { createRandom } from './random.js';
import { addResponseRoutes } from './responseRoutes.js';
import { addReviewRoutes } from './reviewRoutes.js';
import { createRunStarter } from './runStarter.js';
import { builtInAgents } from './scenarios/builtInAgents.js';
import type { Task } from './task.js';
import type { Scenario } from './turn.js';
import { codedError, nestedError, toErrorResponse } from './wireError.js';

/** Who is there to talk to in `createEmulator`, and how it behaves. None is needed. */
export interface EmulatorOptions {
  /** The only key that is accepted. Default `emulator-key`. */
  readonly apiKey?: string;
  /** Agents beside the built-in ones, by key. An agent with a built-in one's key replaces it. */
  readonly agents?: Readonly<
    Record<string, Scenario | { readonly scenario: Scenario; readonly manifest?: ManifestFields }>
  >;
  /** The same seed, clock and requests make the same bytes. Default 1. */
  readonly seed?: number | string;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Default 0: no pauses but those that a scenario waits for. */
  readonly latency?: LatencyOption;
  /** Differences to {@link defaultProfile}. */
  readonly profile?: Partial<Profile>;
}

/** The Agents API in miniature. */
export interface Emulator {
  /** Answers as the API would. Give it to anything that takes a `fetch`, or serve it. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly apiKey: string;
  /** What can be talked to, newest first. */
  agents(): { readonly key: string; readonly displayName: string; readonly description: string }[];
  /** Ends every run and its timers. Later requests are answered with 503. */
  close(): void;
}

/**
 * Creates an emulator of the Agents API. It holds agents and tasks in memory and talks to nobody.
 *
 * @example
 * const emulator = createEmulator({ agents: { parrot: (turn) => [say(turn.text)] } });
 * const response = await emulator.fetch(new Request('http://localhost/v2/agents/parrot/responses', { … }));
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const apiKey = options.apiKey ?? 'emulator-key';
  const seed = String(options.seed ?? 1);
  const clock = options.clock ?? systemClock;
  const profile: Profile = { ...defaultProfile, ...options.profile };
  const closing = new AbortController();

  const agents = createAgentRegistry(createIds(createRandom(`${seed}:agents`), clock), () => clock.now());
  for (const [key, agent] of Object.entries({ ...builtInAgents, ...options.agents })) {
    if (typeof agent === 'function') agents.add(key, agent, { display_name: key });
    else agents.add(key, agent.scenario, { display_name: key, ...agent.manifest });
  }
  const tasks = new Map<string, Task>();
  const runs = createRunStarter({
    seed,
    clock,
    latency: toLatency(options.latency ?? 0),
    profile,
    signal: closing.signal,
    onTask(task, previous) {
      tasks.set(task.id, task);
      if (previous !== undefined) previous.isContinued = true;
    },
  });

  const app = new Hono();
  app.use(
    cors({
      origin: (origin) => (isLocal(origin) ? origin : null),
      allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'last-event-id'],
      allowMethods: ['GET', 'POST'],
      exposeHeaders: ['retry-after'],
      maxAge: 600,
    }),
  );
  app.use(async (context, next) => {
    const header = context.req.header('authorization');
    if (header === undefined) {
      return toErrorResponse(nestedError(401, 'authentication_required', 'Send Authorization: Bearer <api key>'));
    }
    if (header !== `Bearer ${apiKey}`) {
      return toErrorResponse(nestedError(401, 'invalid_api_key', "This is not the emulator's API key"));
    }
    if (closing.signal.aborted) {
      return toErrorResponse(nestedError(503, 'service_unavailable', 'The emulator was closed'));
    }
    return next();
  });
  addAgentRoutes(app, agents);
  addResponseRoutes(app, { agents, tasks, runs, profile });
  addReviewRoutes(app, tasks);
  addFeedbackRoutes(app, tasks);
  app.notFound((context) =>
    toErrorResponse(
      codedError(404, 'not_found', `The emulator has no ${context.req.method} ${context.req.path}. It has: ${ROUTES}`),
    ),
  );
  app.onError((error) => toErrorResponse(nestedError(500, 'internal_error', `The emulator failed: ${error.message}`)));

  return {
    apiKey,
    fetch: async (request) => app.fetch(request),
    agents: () =>
      agents.list().map(({ manifest }) => ({
        key: manifest.key,
        displayName: manifest.display_name ?? manifest.key,
        description: String(manifest['description']),
      })),
    close: () => closing.abort(new Error('The emulator was closed.')),
  };
}

function isLocal(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]|[\w-]+\.localhost)(:\d+)?$/.test(origin);
}

const ROUTES = [
  'POST /v2/agents/{key}/responses',
  'GET /v2/agents/{key}/responses/{task_id}',
  'POST /v2/agents',
  'GET /v2/agents',
  'GET /v2/agents/{key}',
  'POST /v2/feedback',
  'POST /__emulator/tasks/{task_id}/reviews/{tool_call_id}',
].join(', ');
