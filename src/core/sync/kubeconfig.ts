/** Kubeconfig files as kubectl reads and joins them. */
import { parseDocument } from 'yaml';
import { TowpathError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from './desired-object.ts';
import { fieldOf, isList, isObject, textAt } from './json.ts';

export type KubeconfigErrorCode = 'KUBECONFIG_NOT_YAML' | 'KUBECONFIG_INVALID' | 'KUBECONFIG_TOO_LARGE';

/** The text of one file. */
export interface KubeconfigSource {
  /** As messages show it: a path, or what the text is. */
  readonly name: string;
  /** Relative file references are resolved against it; undefined where the text is no file. */
  readonly directory: string | undefined;
  readonly text: string;
}

/** A named entry and where it came from. */
export interface KubeconfigEntry {
  readonly value: JsonObject;
  readonly source: KubeconfigSource;
}

export interface Kubeconfig {
  readonly current: string | null;
  /** By name, in the order of the files. */
  readonly contexts: ReadonlyMap<string, KubeconfigEntry>;
  readonly clusters: ReadonlyMap<string, KubeconfigEntry>;
  readonly users: ReadonlyMap<string, KubeconfigEntry>;
}

const MAX_LENGTH = 8 * 1024 * 1024;
const BASE64_TEXT = /^[A-Za-z0-9+/=\s]+$/;

/**
 * Joins the files: the first one that has an entry of a name, or a current context, wins, as a whole.
 * Throws KUBECONFIG_NOT_YAML, KUBECONFIG_INVALID, KUBECONFIG_TOO_LARGE; no message holds a value of the file.
 * Source: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 */
export function parseKubeconfigs(sources: readonly KubeconfigSource[]): Kubeconfig {
  const files = sources.map((source) => ({ source, root: parseRoot(source) }));
  const joined = (section: string, part: string) => {
    const entries = new Map<string, KubeconfigEntry>();
    for (const { source, root } of files) {
      for (const [name, value] of readSection(root, { section, part, source })) {
        if (!entries.has(name)) entries.set(name, { value, source });
      }
    }
    return entries;
  };
  const current = files
    .map(({ root }) => textAt(root, 'current-context'))
    .find((name) => name !== undefined && name !== '');
  return {
    current: current ?? null,
    contexts: joined('contexts', 'context'),
    clusters: joined('clusters', 'cluster'),
    users: joined('users', 'user'),
  };
}

/** The YAML of a kubeconfig given as content: base64, as secrets are often stored, is undone. */
export function decodeKubeconfigText(text: string): string {
  const trimmed = text.trim();
  // YAML with a mapping has a colon, which base64 has not.
  if (trimmed === '' || !BASE64_TEXT.test(trimmed)) return text;
  try {
    const bytes = Uint8Array.from(atob(trimmed.replace(/\s+/g, '')), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text; // neither base64 nor UTF-8: the YAML reader says what it is not
  }
}

function parseRoot(source: KubeconfigSource): JsonObject {
  if (source.text.length > MAX_LENGTH) {
    throw new TowpathError<KubeconfigErrorCode>('KUBECONFIG_TOO_LARGE', `${source.name} is larger than 8 MiB`, {
      subject: source.name,
    });
  }
  const root = toJson(source);
  if (root === null) return {};
  if (!isObject(root)) throw invalid(source, 'is no mapping');
  return root;
}

function toJson(source: KubeconfigSource): JsonValue {
  // Pretty errors would quote the line, and a line may be a token.
  const document = parseDocument(source.text, { prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error === undefined) {
    try {
      return document.toJS({ maxAliasCount: 100 }) as JsonValue;
    } catch (cause) {
      throw notYaml(source, { place: '', code: 'ALIASES', cause });
    }
  }
  const before = source.text.slice(0, error.pos[0]).split('\n');
  const place = ` at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  throw notYaml(source, { place, code: error.code });
}

function notYaml(source: KubeconfigSource, found: { place: string; code: string; cause?: unknown }) {
  return new TowpathError<KubeconfigErrorCode>(
    'KUBECONFIG_NOT_YAML',
    `${source.name} is not YAML${found.place} (${found.code})`,
    { subject: source.name, hint: 'Give a kubeconfig as kubectl config view --raw prints it, plain or in base64.' },
  );
}

function* readSection(
  root: JsonObject,
  { section, part, source }: { readonly section: string; readonly part: string; readonly source: KubeconfigSource },
): Generator<readonly [string, JsonObject]> {
  const list = fieldOf(root, section);
  if (list === undefined || list === null) return;
  if (!isList(list)) throw invalid(source, `has no list under ${section}`);
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const name = textAt(item, 'name');
    if (name === undefined || name === '') throw invalid(source, `has no name in ${section}[${index}]`);
    if (seen.has(name)) throw invalid(source, `has ${name} twice under ${section}`);
    seen.add(name);
    const value = fieldOf(item, part) ?? {};
    if (!isObject(value)) throw invalid(source, `has no mapping in ${section}[${index}].${part}`);
    yield [name, value];
  }
}

function invalid(source: KubeconfigSource, clause: string): TowpathError<KubeconfigErrorCode> {
  return new TowpathError('KUBECONFIG_INVALID', `${source.name} ${clause}`, {
    subject: source.name,
    hint: 'Compare it with what kubectl config view prints.',
  });
}
