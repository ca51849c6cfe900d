/** Which vendor's listing a registry has, by its name or by how it asks for tokens. */
import type { Clock } from '../../base/clock.ts';
import { ECR_PUBLIC, ecrPlace, isAzureRegistry, isGoogleRegistry } from '../../core/images/cloud.ts';
import type { AwsKeySource } from '../cloud/aws-keys.ts';
import { ECR_PUBLIC_REGION } from '../cloud/ecr.ts';
import type { Connection } from '../connection.ts';
import { DOCKER_HUB, type Endpoint } from '../endpoint.ts';
import type { Limits } from '../limits.ts';
import type { Dialect } from '../plain-listing.ts';
import { azure } from './azure.ts';
import { DOCKER_HUB_API, dockerHub } from './docker-hub.ts';
import { ecr } from './ecr.ts';
import { ecrPublic } from './ecr-public.ts';
import { githubPackages, type PackageVersions } from './github-packages.ts';
import { googleDialect } from './google.ts';
import { harbor, isHarbor } from './harbor.ts';
import { quay } from './quay.ts';
import type { Vendor } from './vendor.ts';

export interface VendorTools {
  readonly clock: Clock;
  readonly limits: Limits;
  /** For Amazon's APIs; without it its registries are listed plainly. */
  readonly awsKeys?: AwsKeySource | undefined;
  /** For ghcr.io; without it it is listed plainly. */
  readonly packageVersions?: PackageVersions | undefined;
  /** A connection to a vendor's API on another host than the registry. */
  readonly connectTo: (origin: string) => Connection;
}

/** The vendor's listing of the registry at `connection`; none where the configuration says where to ask: there stands who knows what. */
export function chooseVendor(connection: Connection, tools: VendorTools): Vendor | undefined {
  const { registry, configured } = connection.endpoint;
  const { limits } = tools;
  if (configured) return undefined;
  if (registry === DOCKER_HUB) return dockerHub(tools.connectTo(DOCKER_HUB_API), limits);
  if (registry === 'quay.io') return quay(connection, limits);
  if (isAzureRegistry(registry)) return azure(connection, limits);
  if (isHarbor(connection.scheme())) return harbor(connection, limits);
  if (registry === 'ghcr.io') return tools.packageVersions && githubPackages(tools.packageVersions);
  return chooseAmazon(registry, tools);
}

function chooseAmazon(registry: string, { awsKeys: keys, clock, limits, connectTo }: VendorTools): Vendor | undefined {
  if (keys === undefined) return undefined;
  const place = ecrPlace(registry);
  if (place !== undefined) return ecr(connectTo(apiOrigin('ecr', place.region)), { place, keys, clock, limits });
  if (registry !== ECR_PUBLIC) return undefined;
  return ecrPublic(connectTo(apiOrigin('ecr-public', ECR_PUBLIC_REGION)), { keys, clock, limits });
}

function apiOrigin(service: string, region: string): string {
  return `https://api.${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

/** How the plain listing of a registry is asked for and read; undefined for the common way. */
export function dialectOf({ registry, configured }: Endpoint): Dialect | undefined {
  return !configured && isGoogleRegistry(registry) ? googleDialect : undefined;
}
