/** The option of `createAgentProxy` that is wrong. */
export type ProxyOptionName =
  'apiKey' | 'upstream' | 'agents' | 'origins' | 'basePath' | 'limits' | 'process' | 'reviews';

/** Thrown at creation where an option is missing or malformed, so that a mistake shows at deployment and not in front of visitors. Never quotes the key. */
export class ProxyConfigurationError extends Error {
  override readonly name = 'ProxyConfigurationError';
  readonly option: ProxyOptionName;

  constructor(option: ProxyOptionName, message: string) {
    super(message);
    this.option = option;
  }
}
