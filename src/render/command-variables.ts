/** What a command gets of the run's environment: what programs need to run at all, and nothing that opens a door. */
import type { ScratchTree } from './scratch-tree.ts';

const INHERITED = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'SSL_CERT_FILE', 'SSL_CERT_DIR'] as const;
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'] as const;

/** Variables of a command that works in `scratch`, with an empty home of its own. */
export function commandVariables(env: NodeJS.ProcessEnv, scratch: ScratchTree): Record<string, string> {
  const variables: Record<string, string> = { HOME: scratch.home, TMPDIR: scratch.temporary };
  for (const name of INHERITED) if (env[name] !== undefined) variables[name] = env[name];
  for (const name of PROXIES) {
    const proxy = env[name];
    // A proxy with a password in its address is a credential.
    if (proxy !== undefined && !proxy.includes('@')) variables[name] = proxy;
  }
  return variables;
}
