/** The environment and settings that every git command of ours runs with. */

/** A configuration entry: key and value. */
export type ConfigEntry = readonly [key: string, value: string];

/**
 * Variables that would point git at another repository, index or object store than the directory says, or that
 * change what pathspecs mean. Source: `git rev-parse --local-env-vars`, https://git-scm.com/docs/git#_environment_variables
 */
const REDIRECTING = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_DIR',
  'GIT_GLOB_PATHSPECS',
  'GIT_GRAFT_FILE',
  'GIT_ICASE_PATHSPECS',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_LITERAL_PATHSPECS',
  'GIT_NAMESPACE',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

/** Traces write headers, and so tokens, to stderr or to files. */
const TRACING = /^GIT_(?:TRACE|CURL_VERBOSE)/;

/**
 * Settings that keep a user's configuration from changing what our commands do. What decides which remote is
 * meant and how it is reached (`insteadOf`, proxies, certificates, credential helpers) stays the user's.
 * Source: https://git-scm.com/docs/git-config
 */
const SETTINGS: readonly ConfigEntry[] = [
  // No program of the repository or the user runs: hooks, file system monitors, signing, maintenance.
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['push.gpgSign', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['fetch.writeCommitGraph', 'false'],
  ['credential.interactive', 'false'],
  // A remote of the form `ext::command` would run the command.
  ['protocol.ext.allow', 'never'],
  // Messages are read by this program.
  ['color.ui', 'false'],
  ['color.push', 'false'],
  ['color.remote', 'false'],
  ['color.transport', 'false'],
  ['i18n.commitEncoding', 'UTF-8'],
  ['submodule.recurse', 'false'],
  // A transfer without a byte for a minute has died: git itself would wait for ever.
  ['http.lowSpeedLimit', '1'],
  ['http.lowSpeedTime', '60'],
];

/** `-c` arguments for SETTINGS, to stand before the subcommand. */
export function settingArguments(): string[] {
  return SETTINGS.flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

/** `env` without what would lead git astray, and with prompts, localised messages and replaced objects off. */
export function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const clean: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || REDIRECTING.has(name) || TRACING.test(name)) continue;
    clean[name] = name === 'GIT_ALLOW_PROTOCOL' ? withoutExt(value) : value;
  }
  return {
    ...clean,
    GCM_INTERACTIVE: 'never',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LANGUAGE: 'C',
    LC_ALL: 'C',
  };
}

/**
 * `env` with further configuration in it, where neither the process list nor a file shows it.
 * Source: https://git-scm.com/docs/git-config#Documentation/git-config.txt-GITCONFIGCOUNT
 */
export function withConfig(env: NodeJS.ProcessEnv, entries: readonly ConfigEntry[]): NodeJS.ProcessEnv {
  if (entries.length === 0) return env;
  const given = env['GIT_CONFIG_COUNT'] ?? '';
  const first = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  const result: NodeJS.ProcessEnv = { ...env, GIT_CONFIG_COUNT: String(first + entries.length) };
  for (const [index, [key, value]] of entries.entries()) {
    result[`GIT_CONFIG_KEY_${first + index}`] = key;
    result[`GIT_CONFIG_VALUE_${first + index}`] = value;
  }
  return result;
}

function withoutExt(protocols: string): string {
  return protocols
    .split(':')
    .filter((protocol) => protocol !== 'ext')
    .join(':');
}
