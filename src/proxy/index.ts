export { createAgentProxy, type AgentProxy } from './createAgentProxy.js';
export { ProxyConfigurationError, type ProxyOptionName } from './proxyConfigurationError.js';
export type { ProxyErrorCode } from './proxyError.js';
export type { ProxyLogEntry } from './proxyLog.js';
export type {
  AgentProxyOptions,
  ProxyAgentOptions,
  ProxyLimits,
  TemplateEngine,
  UpstreamFetch,
} from './proxyOptions.js';
