/** The repositories that a run deals with: one connection per registry, one memory per repository. */
import type { Clock } from '../base/clock.ts';
import type { Problem } from '../base/errors.ts';
import type { Fetch } from '../base/http.ts';
import type { TagListing } from '../core/images/tag-facts.ts';
import { type Connection, createConnection } from './connection.ts';
import type { CredentialSource } from './credentials.ts';
import { endpointOf } from './endpoint.ts';
import { registryError } from './errors.ts';
import type { Limits } from './limits.ts';
import type { RepositoryMemory } from './memory.ts';
import type { MemoryFiles } from './memory-files.ts';
import { isRepositoryPath } from './names.ts';
import { createSingleFlight } from './single-flight.ts';

/** `docker.io` + `library/nginx`, say. */
export interface RepositoryName {
  readonly registry: string;
  readonly path: string;
}

/** One repository in this run. */
export interface Repository extends RepositoryName {
  /** The registry's connection; what is sent through this one counts for the repository too. */
  readonly connection: Connection;
  readonly memory: RepositoryMemory;
  /** This run's listing, once it is there. */
  listing: TagListing | undefined;
  /** Requests made for it in this run. */
  requests: number;
}

export interface RepositoriesOptions {
  readonly endpoints: ReadonlyMap<string, string>;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly fetch: Fetch;
  readonly limits: Limits;
  readonly mask: (secret: string) => void;
  readonly onWarning: (problem: Problem) => void;
  readonly files: MemoryFiles;
}

export interface Repositories {
  /** Throws REGISTRY_NAME_INVALID, REGISTRY_ENDPOINT_INVALID. */
  open(name: RepositoryName): Promise<Repository>;
  opened(): Iterable<Repository>;
  /** Requests by the registry's name. */
  requests(): Readonly<Record<string, { readonly requests: number }>>;
}

export function createRepositories(options: RepositoriesOptions): Repositories {
  const connections = new Map<string, Connection>();
  const repositories = new Map<string, Repository>();
  const flight = createSingleFlight<Repository>();

  const connect = (registry: string): Connection => {
    const existing = connections.get(registry);
    if (existing !== undefined) return existing;
    const connection = createConnection({
      ...options,
      endpoint: endpointOf(registry, options.endpoints.get(registry)),
      onImplicitRefused: () =>
        warnOf(options, registry, `${registry} refused the job's own token and is asked without`),
    });
    connections.set(registry, connection);
    return connection;
  };

  return {
    async open({ registry, path }) {
      const key = `${registry}/${path}`;
      const existing = repositories.get(key);
      if (existing !== undefined) return existing;
      if (!isRepositoryPath(path)) throw noRepository(registry, path);
      return flight(key, async () => {
        const connection = connect(registry);
        const memory = await options.files.load(registry, path);
        if (memory.scheme !== undefined) connection.recall(memory.scheme);
        const repository = createRepository({ registry, path }, connection, memory);
        repositories.set(key, repository);
        return repository;
      });
    },
    opened: () => repositories.values(),
    requests() {
      return Object.fromEntries([...connections].map(([name, { requests }]) => [name, { requests: requests() }]));
    },
  };
}

function createRepository(name: RepositoryName, connection: Connection, memory: RepositoryMemory): Repository {
  const repository: Repository = {
    ...name,
    connection: {
      ...connection,
      send: (request, signal) => connection.send({ ...request, onSent: () => repository.requests++ }, signal),
    },
    memory,
    listing: undefined,
    requests: 0,
  };
  return repository;
}

/** Hands on a warning about `registry`. */
export function warnOf(options: Pick<RepositoriesOptions, 'onWarning'>, registry: string, message: string): void {
  options.onWarning({ severity: 'warning', code: 'REGISTRY_WARNING', message, subject: registry });
}

function noRepository(registry: string, path: string) {
  return registryError('REGISTRY_NAME_INVALID', `${JSON.stringify(path.slice(0, 80))} is no repository's name`, {
    subject: registry,
  });
}
