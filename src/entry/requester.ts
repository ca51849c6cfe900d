/** The person who asks for a change, for its annotations and its commit. */
import { Redactor } from '../base/secret.ts';
import type { Invocation } from '../config/invocation.ts';
import { createGit } from '../repository/git.ts';
import type { Surroundings } from './surroundings.ts';

/** `--user`, else the run's actor, on a terminal the user that git is configured with; undefined where nobody is known. */
export async function requesterOf(
  { flags }: Invocation,
  { around, root }: { readonly around: Surroundings; readonly root: string },
): Promise<string | undefined> {
  if (flags.manual.user !== undefined) return flags.manual.user;
  if (around.event.kind !== 'terminal') return around.event.actor;
  const git = createGit({ directory: root, env: around.env, redactor: new Redactor() });
  const setting = async (name: string) => {
    const result = await git.run(['config', '--get', name], { signal: around.signal });
    return result.stdout.toString('utf8').trim();
  };
  const [name, email] = [await setting('user.name'), await setting('user.email')];
  if (name !== '' && email !== '') return `${name} <${email}>`;
  return name || email || undefined;
}
