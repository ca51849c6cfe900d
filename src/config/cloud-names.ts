/** What the names in a cloud login may look like: roles, providers, accounts, clients, audiences. */
import { accept, type Judgement, refuse } from './shape/shape.ts';

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
export function judgeRole(arn: string): Judgement<string> {
  if (/^arn:aws(?:-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/.test(arn)) return accept(arn);
  return refuse('is not the ARN of a role', "Write it as 'arn:aws:iam::123456789012:role/NAME'.");
}

/** Source: https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers */
export function judgeProvider(name: string): Judgement<string> {
  const id = '[a-z0-9-]{4,32}';
  const pattern = `^projects/\\d{1,20}/locations/global/workloadIdentityPools/${id}/providers/${id}$`;
  if (new RegExp(pattern).test(name)) return accept(name);
  if (/^(?:https:)?\/\/iam\.googleapis\.com\//.test(name)) {
    return refuse('must be a name without a host', "Leave out everything before 'projects/'.");
  }
  if (/^projects\/[a-z][a-z0-9-]*\//.test(name)) {
    return refuse('must have the number of the project, not its name', 'Write projects/NUMBER/….');
  }
  return refuse(
    'is not the name of a workload identity provider',
    "Write it as 'projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER'.",
  );
}

/** Source: https://cloud.google.com/iam/docs/service-account-types */
export function judgeServiceAccount(address: string): Judgement<string> {
  if (/^[a-z0-9][a-z0-9-]{0,62}@[a-z0-9](?:[a-z0-9.-]{0,200}\.)?gserviceaccount\.com$/.test(address)) {
    return accept(address);
  }
  return refuse('is not the address of a service account', "Write it as 'NAME@PROJECT.iam.gserviceaccount.com'.");
}

/** An application or a directory of Entra ID. */
export function judgeUuid(text: string): Judgement<string> {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return accept(text.toLowerCase());
  return refuse('is not a UUID', "Write it as Azure shows it: '00000000-0000-0000-0000-000000000000'.");
}

/** Whom the job's token is for. */
export function judgeAudience(text: string): Judgement<string> {
  if (/^[\x21-\x7e]{1,256}$/.test(text)) return accept(text);
  return refuse('is not an audience', 'Use at most 256 visible characters, without blanks.');
}
