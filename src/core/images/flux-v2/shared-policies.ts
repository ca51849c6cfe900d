/** The policies that a file's markers can follow, where several environments have the file. */
import type { FoundPolicy, ImagePolicies } from './image-policies.ts';

type Policies = Pick<ImagePolicies, 'find' | 'names'>;

export interface EnvironmentPolicies {
  /** Of the environment. */
  readonly name: string;
  readonly paths: ReadonlySet<string>;
  readonly policies: Policies;
}

/** By path; undefined for a file of no environment. Environments that share a file must agree on a policy. */
export function sharedPolicies(environments: readonly EnvironmentPolicies[]): (path: string) => Policies | undefined {
  return (path) => {
    const having = environments.filter(({ paths }) => paths.has(path));
    if (having.length < 2) return having[0]?.policies;
    return {
      find: (name) => agreed(name, having),
      names: [...new Set(having.flatMap(({ policies }) => policies.names))],
    };
  };
}

function agreed(name: string, having: readonly EnvironmentPolicies[]): FoundPolicy | undefined {
  const found = having.flatMap((environment) => {
    const policy = environment.policies.find(name);
    return policy === undefined ? [] : [{ environment: environment.name, policy }];
  });
  const [first] = found;
  const fault = found.find(({ policy }) => policy.kind === 'fault');
  if (fault !== undefined || first === undefined) return fault?.policy;
  const other = found.find(({ policy }) => JSON.stringify(policy) !== JSON.stringify(first.policy));
  if (other === undefined) return first.policy;
  return {
    kind: 'fault',
    problem: {
      severity: 'error',
      code: 'IMAGE_POLICY_INVALID',
      message: `ImagePolicy ${name} of ${first.environment} and of ${other.environment} differ, and both have the file that follows it`,
      subject: `ImagePolicy/${name}`,
      hint: 'Give each environment a file of its own for what differs.',
    },
  };
}
