/** Variables that functions platforms set: there the next request may meet another process, or none that remembers. */
const PER_REQUEST = ['AWS_LAMBDA_FUNCTION_NAME', 'VERCEL', 'NETLIFY', 'FUNCTIONS_WORKER_RUNTIME', 'FUNCTION_TARGET'];

/** How long the process around the proxy lives, as far as the platform tells. A server where it tells nothing. */
export function detectProcess(platform: Platform = globalThis): 'long-lived' | 'per-request' {
  const variables = platform.process?.env ?? {};
  const isWorker = platform.navigator?.userAgent === 'Cloudflare-Workers';
  return isWorker || PER_REQUEST.some((name) => variables[name]) ? 'per-request' : 'long-lived';
}

export interface Platform {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  readonly navigator?: { readonly userAgent?: string };
}
