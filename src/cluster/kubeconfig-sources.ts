/** Finds and reads the kubeconfig that a run is to use. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { TowpathError } from '../base/errors.ts';
import { decodeKubeconfigText, type KubeconfigSource } from '../core/sync/kubeconfig.ts';

/** What the run was given: content, files, or nothing: then the environment says, as for kubectl. */
export type KubeconfigInput = { readonly text: string } | { readonly paths: readonly string[] } | undefined;

export type KubeconfigSourceErrorCode = 'KUBECONFIG_NOT_FOUND' | 'KUBECONFIG_UNREADABLE';

const HINT = 'Give one with --kubeconfig or the kubeconfig input, or set KUBECONFIG.';

/**
 * The files to join, in the order of their precedence. Files named by `input` must be there; of those in $KUBECONFIG at
 * least one. Without either it is ~/.kube/config, and never the service account of the pod we may run in: a
 * job that has no kubeconfig must not deploy to the cluster that happens to run it.
 * Throws KUBECONFIG_NOT_FOUND, KUBECONFIG_UNREADABLE.
 */
export async function readKubeconfigSources(
  input: KubeconfigInput,
  env: NodeJS.ProcessEnv,
): Promise<readonly KubeconfigSource[]> {
  if (input !== undefined && 'text' in input) {
    return [{ name: 'the kubeconfig given', directory: undefined, text: decodeKubeconfigText(input.text) }];
  }
  if (input !== undefined) return Promise.all(input.paths.map(readNamed));
  const listed = (env['KUBECONFIG'] ?? '').split(path.delimiter).filter((file) => file !== '');
  const candidates = listed.length > 0 ? [...new Set(listed)] : defaultFiles(env);
  const found = await Promise.all(candidates.map(readIfThere));
  const sources = found.filter((source) => source !== null);
  if (sources.length > 0) return sources;
  const where =
    listed.length > 0 ? `$KUBECONFIG names ${candidates.join(', ')}, which is not there` : noDefault(candidates);
  throw new TowpathError<KubeconfigSourceErrorCode>('KUBECONFIG_NOT_FOUND', where, { hint: HINT });
}

function noDefault(candidates: readonly string[]): string {
  const place = candidates[0] === undefined ? '' : `, and there is no ${candidates[0]}`;
  return `no kubeconfig is given${place}`;
}

function defaultFiles(env: NodeJS.ProcessEnv): readonly string[] {
  const home = env['HOME'] || env['USERPROFILE'];
  return home === undefined || home === '' ? [] : [path.join(home, '.kube', 'config')];
}

async function readNamed(file: string): Promise<KubeconfigSource> {
  const source = await readIfThere(file);
  if (source !== null) return source;
  throw new TowpathError<KubeconfigSourceErrorCode>('KUBECONFIG_NOT_FOUND', `no kubeconfig at ${file}`, {
    subject: file,
    hint: HINT,
  });
}

async function readIfThere(file: string): Promise<KubeconfigSource | null> {
  try {
    const text = await readFile(file, 'utf8');
    // A file that is itself base64 comes from a pipeline that wrote a secret to disk as it was.
    return { name: file, directory: path.resolve(path.dirname(file)), text: decodeKubeconfigText(text) };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT') return null;
    throw new TowpathError<KubeconfigSourceErrorCode>('KUBECONFIG_UNREADABLE', `cannot read ${file} (${code})`, {
      subject: file,
      cause,
    });
  }
}
