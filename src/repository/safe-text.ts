/** Text that came from git, a remote or a file name, made fit for a message. */
import { printable } from '../base/printable.ts';

const MAX_LENGTH = 300;
const PROGRESS = /^(?:Enumerating|Counting|Compressing|Resolving|Unpacking|Writing|Receiving|Processing|Total) /;

/** `text` with the user, the password and the query taken out of every URL in it: any of them can be a credential. */
export function withoutCredentials(text: string): string {
  return text.replace(/[a-z][a-z0-9+.-]{0,20}:\/\/[^\s'"]+/gi, (url) =>
    // A password may hold '@' itself: everything up to the last one before the path goes.
    url.replace(/^([^/]+\/\/)[^/]*@/, '$1***@').replace(/[?#].*$/s, ''),
  );
}

/** The one line of git's stderr that says why it failed, printable; empty where it said nothing. */
export function failureReason(stderr: string): string {
  const lines = linesOf(stderr);
  const line =
    lines.find((candidate) => candidate.startsWith('fatal: ')) ??
    lines.find((candidate) => candidate.startsWith('error: ')) ??
    lines.at(-1) ??
    '';
  return printable(line.replace(/^(?:fatal|error): /, ''), { longest: MAX_LENGTH });
}

/** What the server itself said (git marks such lines with `remote:`), printable and on one line; empty for silence. */
export function remoteWords(stderr: string): string {
  const said = linesOf(stderr)
    .filter((line) => line.startsWith('remote:'))
    .map((line) => line.slice('remote:'.length).trim())
    .filter((line) => line !== '' && !PROGRESS.test(line))
    .map((line) => line.replace(/^(?:fatal|error): /, ''));
  return printable(said.join(' '), { longest: MAX_LENGTH });
}

function linesOf(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}
