/** What `git log --raw -z` says about commits. */

export interface LoggedCommit {
  readonly revision: string;
  readonly author: string;
  readonly committedMs: number;
  readonly message: string;
  /** Paths that the commit changed, with the object of their new bytes; null where it left no file there. */
  readonly files: ReadonlyMap<string, string | null>;
}

/**
 * Each commit starts with a byte that no other token starts with; its fields end with NUL.
 * Source: https://git-scm.com/docs/git-log#_pretty_formats
 */
export const LOG_FORMAT = '%x01%H%x00%an%x00%ct%x00%B%x00';

/** Of longer messages the end is kept, where the trailers are. */
const MAX_MESSAGE = 20_000;

/**
 * The commits in the order given, with those files that are among `paths`. Bytes that are no UTF-8 become U+FFFD.
 * Source: https://git-scm.com/docs/git-diff#_raw_output_format
 */
export function parseLog(output: Buffer, paths: ReadonlySet<string>): LoggedCommit[] {
  const tokens = output.toString('utf8').split('\0');
  const commits: (LoggedCommit & { readonly files: Map<string, string | null> })[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = (tokens[index] ?? '').replace(/^\n/, '');
    if (token.startsWith('\x01')) {
      const [author = '', seconds = '', message = ''] = tokens.slice(index + 1, index + 4);
      const committedMs = Number(seconds) * 1000;
      const files = new Map<string, string | null>();
      commits.push({ revision: token.slice(1), author, committedMs, message: message.slice(-MAX_MESSAGE), files });
      index += 3;
    } else if (token.startsWith(':')) {
      const path = tokens[++index] ?? '';
      if (paths.has(path)) commits.at(-1)?.files.set(path, newObject(token));
    }
  }
  return commits;
}

/** `:<old mode> <new mode> <old oid> <new oid> <status>`; a symbolic link or a submodule holds no bytes of a file. */
function newObject(record: string): string | null {
  const [, mode = '', , oid = ''] = record.split(' ');
  return mode.startsWith('100') && !/^0+$/.test(oid) ? oid : null;
}
