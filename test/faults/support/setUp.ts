import type { Connectivity } from '../../../src/core/connectivity.js';
import type { ConversationOptions } from '../../../src/core/conversation.js';
import { createConversation } from '../../../src/core/createConversation.js';
import { messageText, type AgentMessage, type UserMessage } from '../../../src/core/message.js';
import type { ResponsesTransportOptions } from '../../../src/transport/createResponsesTransport.js';
import { createFaults } from '../../support/faultServer.js';
import type { Fault } from '../../support/faultServerFaults.js';
import { createManualClock, type ManualClock } from '../../support/manualClock.js';
import { createFetch } from './createFetch.js';
import { createScriptedBackend, type ScriptedBackendOptions } from './scriptedBackend.js';
import type { Call, Wire } from './wire.js';

export interface SetUpOptions extends Pick<ScriptedBackendOptions, 'features' | 'heartbeatMs' | 'retainedSeconds'> {
  /** The time of the network and of the backend, and where nothing else is given, of the visitor. */
  readonly clock?: ManualClock;
  readonly transport?: Partial<ResponsesTransportOptions>;
  readonly conversation?: Partial<ConversationOptions>;
}

const URL_OF_PROXY = 'https://chat.example/api/agent-chat';

/** A visitor, a network that fails as told, and a backend; time passes when the test says so. */
export function setUp(wire: Wire, options: SetUpOptions = {}) {
  const { clock = createManualClock(), transport = {}, conversation: given = {}, ...backendOptions } = options;
  const backend = createScriptedBackend({ wire, clock, ...backendOptions });
  const faults = createFaults(backend.handle, (ms) => new Promise((resolve) => clock.after(ms, resolve)));
  const kindOf = ({ method, url }: Request): Call['kind'] | undefined =>
    wire.readCall(method, new URL(url).pathname, undefined)?.kind;
  /** Every attempt, whether it arrived or not. */
  const attempts: (Call['kind'] | undefined)[] = [];
  const fetch = createFetch((request) => {
    attempts.push(kindOf(request));
    return faults.handle(request);
  });
  const network = createNetwork();
  const orders = {
    transport: wire.createTransport({ url: URL_OF_PROXY, fetch, clock, random: () => 0.5, ...transport }),
    clock,
    connectivity: network.connectivity,
    random: () => 0.5,
  };
  const conversation = createConversation({ agentKey: 'support', ...orders, ...given });
  const messages = () => conversation.getState().messages;
  return {
    clock,
    backend,
    network,
    conversation,
    /** What another conversation in the same world is made of. */
    orders,
    state: conversation.getState,
    /** The messages that arrived, as often as they did. */
    posts: faults.messageIds,
    arrived: faults.arrived,
    attempts: (kind: Call['kind']) => attempts.filter((each) => each === kind).length,
    breaks: (kind: Call['kind'], fault: Fault, times = 1) =>
      faults.inject((request) => kindOf(request) === kind, fault, times),
    heals: faults.clear,
    /** What the visitor reads, one line per message. */
    transcript: () =>
      messages().map((message) =>
        message.role === 'user'
          ? `${messageText(message)}: ${message.delivery}`
          : `> ${messageText(message) || '…'}: ${message.status}`,
      ),
    userMessage: (id: string) =>
      messages().find((each): each is UserMessage => each.role === 'user' && each.id === id)!,
    lastAnswer: () => messages().findLast((each): each is AgentMessage => each.role === 'agent')!,
  };
}

function createNetwork() {
  let isOnline = true;
  const listeners = new Set<() => void>();
  const connectivity: Connectivity = {
    isOnline: () => isOnline,
    onWake(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return {
    connectivity,
    turn(to: 'on' | 'off') {
      isOnline = to === 'on';
      if (isOnline) for (const listener of [...listeners]) listener();
    },
    listeners: () => listeners.size,
  };
}
