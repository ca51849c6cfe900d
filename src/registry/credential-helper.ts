/** Docker's credential helpers: programs named `docker-credential-NAME`. */
import { TowpathError } from '../base/errors.ts';
import { type ExecResult, exec } from '../base/exec.ts';
import { Secret } from '../base/secret.ts';
import type { Credential } from './credentials.ts';
import { type RegistryError, registryError } from './errors.ts';
import { parseObject } from './json.ts';

export interface HelperCall {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** The name of the docker config that names the helper. */
  readonly config: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const MAX_OUTPUT_BYTES = 1024 * 1024;

/**
 * What the helper knows of `server`, or undefined where it knows nothing of it. Throws REGISTRY_AUTH_HELPER_FAILED; what the helper wrote is
 * never part of a message, since it may be the secret.
 * Source: https://github.com/docker/docker-credential-helpers#development (`get`: the server on stdin, JSON on stdout).
 */
export async function askCredentialHelper(
  helper: string,
  server: string,
  call: HelperCall,
): Promise<Credential | undefined> {
  // The name becomes part of a program's name: one with a slash would start a program of the file's choice anywhere.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(helper)) {
    throw failed(`${call.config} names a credential helper that is no program name`);
  }
  const program = `docker-credential-${helper}`;
  const result = await run(program, server, call);
  const output = result.stdout.toString('utf8').trim();
  if (result.exitCode !== 0) {
    if (output.includes('credentials not found')) return undefined;
    throw failed(`${program} failed for ${server} (exit code ${result.exitCode})`);
  }
  return credentialFrom(output, `${program}'s answer for ${server}`);
}

async function run(program: string, server: string, call: HelperCall): Promise<ExecResult> {
  try {
    return await exec(program, ['get'], {
      env: call.env,
      input: server,
      timeoutMs: call.timeoutMs ?? TIMEOUT_MS,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      signal: call.signal,
    });
  } catch (error) {
    if (call.signal?.aborted || !(error instanceof TowpathError)) throw error;
    throw registryError('REGISTRY_AUTH_HELPER_FAILED', `${error.message} (named by ${call.config})`, {
      cause: error,
      hint: error.hint,
    });
  }
}

function credentialFrom(output: string, what: string): Credential | undefined {
  // The parser's own message would quote the output.
  const answer = parseObject(output);
  if (answer === undefined) throw failed(`${what} is no JSON object`);
  const { Username: username, Secret: secret } = answer;
  if (typeof username !== 'string' || typeof secret !== 'string') throw failed(`${what} lacks Username or Secret`);
  if (secret === '') return undefined;
  if (username === '<token>') return { kind: 'refresh', token: new Secret(secret) };
  return { kind: 'basic', username, password: new Secret(secret) };
}

function failed(message: string): RegistryError {
  return registryError('REGISTRY_AUTH_HELPER_FAILED', message, {
    hint: 'Log in again with docker login, or take the helper out of the docker config.',
  });
}
