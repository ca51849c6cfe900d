/** Finds and reads the docker `config.json`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DockerConfig, parseDockerConfig } from './docker-config.ts';
import { registryError } from './errors.ts';

export interface DockerConfigPlaces {
  /** What the user named: the content, and what to call it in messages. Nothing else is looked at then. */
  readonly explicit?: { readonly name: string; readonly text: string } | undefined;
  /** `DOCKER_CONFIG`: the directory of `config.json`. */
  readonly env: NodeJS.ProcessEnv;
  /** The user's home directory. */
  readonly home: string;
}

const MAX_BYTES = 1024 * 1024;

/**
 * The config named explicitly, else `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`; an empty one where there is no such file.
 * Throws REGISTRY_AUTH_INVALID with the file's name and nothing of its content.
 */
export async function loadDockerConfig(places: DockerConfigPlaces): Promise<DockerConfig> {
  if (places.explicit !== undefined) return parseDockerConfig(places.explicit.text, places.explicit.name);
  const directory = places.env['DOCKER_CONFIG'] || join(places.home, '.docker');
  const file = join(directory, 'config.json');
  const text = await readIfThere(file);
  return parseDockerConfig(text ?? '{}', file);
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    const content = await readFile(file);
    if (content.length <= MAX_BYTES) return content.toString('utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw unreadable(file, 'it cannot be read', error);
  }
  throw unreadable(file, `it is larger than ${MAX_BYTES} bytes`);
}

function unreadable(file: string, what: string, cause?: unknown) {
  return registryError('REGISTRY_AUTH_INVALID', `cannot use the docker config ${file}: ${what}`, {
    subject: file,
    cause,
    hint: 'Name another file with --registry-auth, or correct this one.',
  });
}
