/** The runner takes orders from a step's output; text from elsewhere must not give any. */

/**
 * `line` changed so that the runner reads no command in it: a leading `::` (after blanks) and `##[` anywhere would be one.
 * Source: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function withoutCommands(line: string): string {
  return line.replace(/^([\s\u0085]*):(?=:)/u, '$1: ').replaceAll('##[', '## [');
}
