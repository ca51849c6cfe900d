/** Which contexts of a kubeconfig an environment means. */
import { type Position, TowpathError } from '../../base/errors.ts';
import { nearest } from '../../base/nearest.ts';
import { compileGlob } from '../images/select/glob.ts';

export type ContextErrorCode = 'KUBECONFIG_CONTEXT_UNKNOWN' | 'KUBECONFIG_NO_CURRENT_CONTEXT';

export interface KnownContexts {
  /** In the order of the kubeconfig. */
  readonly names: readonly string[];
  readonly current: string | null;
}

export interface WantedContext {
  /** Glob over context names: `*` stands for any text. */
  readonly context: string;
  readonly position?: Position;
}

/** Longer lists of names say less. */
const NAMES_SHOWN = 20;

/**
 * The names that match a glob, in the order of the globs and then of the kubeconfig, each once. `wanted` undefined means
 * the current context, an empty list means none. Throws KUBECONFIG_CONTEXT_UNKNOWN for a glob that matches nothing,
 * KUBECONFIG_NO_CURRENT_CONTEXT.
 */
export function expandContexts(known: KnownContexts, wanted: readonly WantedContext[] | undefined): readonly string[] {
  if (wanted === undefined) return [currentContext(known)];
  const chosen = new Set<string>();
  for (const { context, position } of wanted) {
    const matches = known.names.filter(compileGlob(context));
    if (matches.length === 0) throw unknownContext(context, { names: known.names, position });
    for (const name of matches) chosen.add(name);
  }
  return [...chosen];
}

/** The error for a name or glob that no context has: it says which ones there are. */
export function unknownContext(
  context: string,
  at: { readonly names: readonly string[]; readonly position?: Position | undefined },
): TowpathError<ContextErrorCode> {
  const { names, position } = at;
  const near = nearest(context, names);
  const clause = context.includes('*')
    ? `no context of the kubeconfig matches ${context}`
    : `no context ${context} in the kubeconfig`;
  return new TowpathError('KUBECONFIG_CONTEXT_UNKNOWN', `${clause}; it has ${listed(names)}`, {
    subject: context,
    hint: near === undefined ? 'Name a context that the kubeconfig has, or a glob over them.' : `Did you mean ${near}?`,
    position,
  });
}

function currentContext({ names, current }: KnownContexts): string {
  if (current === null) {
    throw new TowpathError<ContextErrorCode>(
      'KUBECONFIG_NO_CURRENT_CONTEXT',
      `the kubeconfig has no current context; it has ${listed(names)}`,
      { hint: 'Name the contexts under clusters of the environment, or set current-context in the kubeconfig.' },
    );
  }
  if (!names.includes(current)) throw unknownContext(current, { names });
  return current;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return names.length > NAMES_SHOWN ? `${shown} and ${names.length - NAMES_SHOWN} more` : shown;
}
