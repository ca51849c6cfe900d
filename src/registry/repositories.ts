/** The repositories that a run deals with: one connection per registry, one memory per repository. */
import type { Clock } from '../base/clock.ts';
import type { Problem } from '../base/errors.ts';
import type { Fetch } from '../base/http.ts';
import type { TagFacts, TagListing } from '../core/images/select/tag-facts.ts';
import type { AwsKeySource } from './cloud/aws-keys.ts';
import { type Connection, createConnection } from './connection.ts';
import type { CredentialSource } from './credentials.ts';
import { newReading, type Reading } from './describe.ts';
import { endpointOf } from './endpoint.ts';
import { registryError } from './errors.ts';
import { type Limits, vendorLimits } from './limits.ts';
import type { RepositoryMemory } from './memory.ts';
import type { MemoryFiles } from './memory-files.ts';
import { isRepositoryPath } from './names.ts';
import { createSingleFlight } from './single-flight.ts';
import { chooseVendor } from './vendors/choose-vendor.ts';
import type { PackageVersions } from './vendors/github-packages.ts';
import type { Vendor } from './vendors/vendor.ts';

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
  /** What this run has read of its images. */
  readonly reading: Reading;
  /** This run's listing, once it is there. */
  listing: TagListing | undefined;
  /** Requests made for it in this run. */
  requests: number;
  /** What the vendor said in this run of the latest pushes; null where it does not say. */
  pushes: ReadonlyMap<string, TagFacts> | null | undefined;
  /** The vendor's listing, where the registry has one that may be used. */
  vendor(): Vendor | undefined;
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
  readonly awsKeys?: AwsKeySource | undefined;
  readonly packageVersions?: PackageVersions | undefined;
}

export interface Repositories {
  /** Throws REGISTRY_NAME_INVALID, REGISTRY_ENDPOINT_INVALID. */
  open(name: RepositoryName): Promise<Repository>;
  opened(): Iterable<Repository>;
  /** Requests by the registry's name. */
  requests(): Readonly<Record<string, { readonly requests: number }>>;
}

export function createRepositories(options: RepositoriesOptions): Repositories {
  const connections = createConnections(options);
  const repositories = new Map<string, Repository>();
  const flight = createSingleFlight<Repository>();
  return {
    async open({ registry, path }) {
      const key = `${registry}/${path}`;
      const existing = repositories.get(key);
      if (existing !== undefined) return existing;
      if (!isRepositoryPath(path)) throw noRepository(registry, path);
      return flight(key, async () => {
        const connection = connections.to(registry);
        const memory = await options.files.load(registry, path);
        if (memory.scheme !== undefined) connection.recall(memory.scheme);
        const repository = createRepository({ registry, path }, { memory, connections, options });
        repositories.set(key, repository);
        return repository;
      });
    },
    opened: () => repositories.values(),
    requests: connections.requests,
  };
}

function createRepository(
  name: RepositoryName,
  given: {
    readonly memory: RepositoryMemory;
    readonly connections: Connections;
    readonly options: RepositoriesOptions;
  },
): Repository {
  const { connections, options, memory } = given;
  const counted = (connection: Connection): Connection => ({
    ...connection,
    send: (request, signal) =>
      connection.send({ ...request, about: name.path, onSent: () => repository.requests++ }, signal),
  });
  const connection = counted(connections.to(name.registry));
  const connectTo = (origin: string) => counted(connections.toVendor(name.registry, origin));
  const repository: Repository = {
    ...name,
    connection,
    memory,
    reading: newReading(),
    listing: undefined,
    requests: 0,
    pushes: undefined,
    vendor: () => chooseVendor(connection, { ...options, connectTo }),
  };
  return repository;
}

interface Connections {
  to(registry: string): Connection;
  /** To a vendor's API beside the registry: what is sent there counts for the registry, its trouble does not. */
  toVendor(registry: string, origin: string): Connection;
  requests(): Readonly<Record<string, { readonly requests: number }>>;
}

function createConnections(options: RepositoriesOptions): Connections {
  const connections = new Map<string, Connection>();
  const remember = (key: string, create: () => Connection): Connection => {
    const connection = connections.get(key) ?? create();
    connections.set(key, connection);
    return connection;
  };
  return {
    to: (registry) =>
      remember(registry, () =>
        createConnection({
          ...options,
          endpoint: endpointOf(registry, options.endpoints.get(registry)),
          onImplicitRefused: () =>
            warnOf(options, registry, `${registry} refused the job's own token and is asked without`),
        }),
      ),
    toVendor: (registry, origin) =>
      remember(`${registry} ${origin}`, () =>
        createConnection({
          ...options,
          endpoint: { registry, url: new URL(origin), configured: false },
          credentials: async () => undefined,
          limits: vendorLimits(options.limits),
          onImplicitRefused: () => undefined,
        }),
      ),
    requests() {
      const counts = new Map<string, number>();
      for (const { endpoint, requests } of connections.values()) {
        counts.set(endpoint.registry, (counts.get(endpoint.registry) ?? 0) + requests());
      }
      return Object.fromEntries([...counts].map(([name, requests]) => [name, { requests }]));
    },
  };
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
