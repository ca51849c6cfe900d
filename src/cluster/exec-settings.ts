/** The exec section of a kubeconfig user: the command that gives the credential. */
import path from 'node:path';
import { TowpathError } from '../base/errors.ts';
import type { JsonValue } from '../core/sync/desired-object.ts';
import { isList, isObject, textAt, valueAt } from '../core/sync/json.ts';
import type { KubeconfigErrorCode, KubeconfigSource } from '../core/sync/kubeconfig.ts';

export interface ExecSettings {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly installHint: string | undefined;
  readonly provideClusterInfo: boolean;
}

/** Throws KUBECONFIG_INVALID. Source: https://kubernetes.io/docs/reference/config-api/client-authentication.v1/ */
export function readExecSettings(
  exec: JsonValue | undefined,
  { user, source }: { readonly user: string; readonly source: KubeconfigSource },
): ExecSettings | undefined {
  if (!isObject(exec)) return undefined;
  const command = textAt(exec, 'command') ?? '';
  if (command === '') {
    throw new TowpathError<KubeconfigErrorCode>(
      'KUBECONFIG_INVALID',
      `${source.name}: user ${user} has exec without a command`,
      {
        subject: source.name,
      },
    );
  }
  return {
    apiVersion: textAt(exec, 'apiVersion') ?? 'client.authentication.k8s.io/v1',
    command: resolveCommand(command, source),
    args: listOfText(valueAt(exec, 'args')),
    env: environmentOf(valueAt(exec, 'env')),
    installHint: textAt(exec, 'installHint'),
    provideClusterInfo: valueAt(exec, 'provideClusterInfo') === true,
  };
}

/** A bare name is looked up in PATH; a relative path starts at the kubeconfig, as for kubectl. */
function resolveCommand(command: string, source: KubeconfigSource): string {
  const isRelativePath = /[\\/]/.test(command) && !path.isAbsolute(command);
  return isRelativePath && source.directory !== undefined ? path.join(source.directory, command) : command;
}

function environmentOf(value: JsonValue | undefined): Readonly<Record<string, string>> {
  if (!isList(value)) return {};
  const pairs = value.flatMap((item) => {
    const name = textAt(item, 'name');
    return name === undefined ? [] : [[name, textAt(item, 'value') ?? ''] as const];
  });
  return Object.fromEntries(pairs);
}

function listOfText(value: JsonValue | undefined): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}
