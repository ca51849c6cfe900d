/** Credentials from the command that a kubeconfig names (cloud providers' login helpers). */

import { TowpathError } from '../base/errors.ts';
import { type ExecErrorCode, exec } from '../base/exec.ts';
import type { JsonObject, JsonValue } from '../core/sync/desired-object.ts';
import { isObject, textAt, valueAt } from '../core/sync/json.ts';
import { parseJson } from '../core/sync/json-text.ts';
import type { ContextSettings } from './context-settings.ts';
import type { CredentialErrorCode } from './credentials.ts';
import type { ExecSettings } from './exec-settings.ts';
import { oneLine } from './one-line.ts';

export interface ExecCredential {
  readonly token: string | undefined;
  /** PEM. */
  readonly certificate: string | undefined;
  readonly key: string | undefined;
}

export interface ExecRun {
  readonly settings: ContextSettings;
  readonly env: NodeJS.ProcessEnv;
  readonly kubeconfigFile: (() => Promise<string>) | undefined;
  readonly signal: AbortSignal | undefined;
}

const TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 1024 * 1024;

/**
 * Runs the command with `env` and its own additions, without a terminal to ask questions on.
 * Throws CLUSTER_CREDENTIAL_FAILED. Source: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export async function runExecPlugin(plugin: ExecSettings, run: ExecRun): Promise<ExecCredential> {
  const { settings, env, signal, kubeconfigFile } = run;
  const kubeconfig = kubeconfigFile === undefined ? {} : { KUBECONFIG: await kubeconfigFile() };
  const request = {
    apiVersion: plugin.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(plugin.provideClusterInfo ? { cluster: clusterFacts(settings) } : {}) },
  };
  const result = await exec(plugin.command, plugin.args, {
    env: { ...env, ...kubeconfig, ...plugin.env, KUBERNETES_EXEC_INFO: JSON.stringify(request) },
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    signal,
  }).catch((error: unknown) => {
    throw startFailure(plugin, settings, error);
  });
  if (result.exitCode !== 0) {
    const said = oneLine(result.stderr.trim().split('\n').at(-1) ?? '');
    throw failure(plugin, settings, `ended with code ${result.exitCode}${said === '' ? '' : `: ${said}`}`);
  }
  return readCredential(result.stdout.toString('utf8'), { plugin, settings });
}

function clusterFacts({ server, cluster }: ContextSettings): JsonObject {
  return {
    server: server.href.replace(/\/$/, ''),
    ...(cluster.tlsServerName === undefined ? {} : { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.skipVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(cluster.caData === undefined ? {} : { 'certificate-authority-data': cluster.caData }),
    ...(cluster.proxyUrl === undefined ? {} : { 'proxy-url': cluster.proxyUrl }),
    ...(cluster.execConfig === undefined ? {} : { config: cluster.execConfig }),
  };
}

function readCredential(
  text: string,
  { plugin, settings }: { readonly plugin: ExecSettings; readonly settings: ContextSettings },
): ExecCredential {
  const status = valueAt(parseOutput(text, { plugin, settings }), 'status');
  if (!isObject(status)) throw failure(plugin, settings, 'printed no ExecCredential with a status');
  const token = textAt(status, 'token') || undefined;
  const certificate = textAt(status, 'clientCertificateData') || undefined;
  const key = textAt(status, 'clientKeyData') || undefined;
  if (token === undefined && (certificate === undefined || key === undefined)) {
    throw failure(plugin, settings, 'gave neither a token nor a certificate with its key');
  }
  return { token, certificate, key };
}

function parseOutput(
  text: string,
  { plugin, settings }: { readonly plugin: ExecSettings; readonly settings: ContextSettings },
): JsonValue {
  try {
    return parseJson(text);
  } catch {
    // The parser's message would quote the output, which is the credential.
    throw failure(plugin, settings, 'printed something that is not JSON');
  }
}

function startFailure(plugin: ExecSettings, settings: ContextSettings, error: unknown): unknown {
  if (!(error instanceof TowpathError)) return error;
  const code = error.code as ExecErrorCode;
  if (code === 'COMMAND_NOT_FOUND') return failure(plugin, settings, 'is not installed');
  return failure(plugin, settings, code === 'COMMAND_TIMEOUT' ? 'did not end within 60 s' : 'printed too much');
}

function failure(plugin: ExecSettings, settings: ContextSettings, clause: string): TowpathError<CredentialErrorCode> {
  const hint = oneLine(plugin.installHint ?? '');
  return new TowpathError('CLUSTER_CREDENTIAL_FAILED', `the credential command ${plugin.command} ${clause}`, {
    subject: settings.name,
    hint:
      hint === '' ? `Run it by hand to see what is wrong: it is the exec section of user ${settings.user.name}.` : hint,
  });
}
