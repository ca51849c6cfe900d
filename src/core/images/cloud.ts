/** Which cloud a registry belongs to, by its name alone. */

export type Cloud = 'aws' | 'google' | 'azure';

/** Where a private registry of Amazon's stands. */
export interface EcrPlace {
  readonly account: string;
  readonly region: string;
}

export const ECR_PUBLIC = 'public.ecr.aws';

// https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
const ECR = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/;

/** The cloud whose own registry is called `registry`; undefined for any other name, with a port of its own for instance. */
export function cloudOf(registry: string): Cloud | undefined {
  if (registry === ECR_PUBLIC || ecrPlace(registry) !== undefined) return 'aws';
  if (isGoogleRegistry(registry)) return 'google';
  return isAzureRegistry(registry) ? 'azure' : undefined;
}

/** The account and region in the name of a private registry of Amazon's; undefined for any other name. */
export function ecrPlace(registry: string): EcrPlace | undefined {
  const [, account, region] = ECR.exec(registry) ?? [];
  if (account === undefined || region === undefined) return undefined;
  // China's regions have a domain, and accounts, of their own.
  return region.startsWith('cn-') === registry.endsWith('.cn') ? { account, region } : undefined;
}

// https://cloud.google.com/artifact-registry/docs/docker/names and https://cloud.google.com/container-registry/docs/overview
const GOOGLE = /^(?:(?:[a-z0-9-]+\.)?gcr\.io|[a-z0-9][a-z0-9-]*-docker\.pkg\.dev)$/;

/** True for Artifact Registry and Container Registry. */
export function isGoogleRegistry(registry: string): boolean {
  return GOOGLE.test(registry);
}

// https://learn.microsoft.com/azure/container-registry/container-registry-concepts and the national clouds' domains
const AZURE = /^[a-z0-9-]+\.azurecr\.(?:io|cn|us)$/;

export function isAzureRegistry(registry: string): boolean {
  return AZURE.test(registry);
}
