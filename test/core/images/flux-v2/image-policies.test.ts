import { describe, expect, it } from 'vitest';
import { joinImagePolicies } from '../../../../src/core/images/flux-v2/image-policies.ts';
import { parseManifests } from '../../../../src/core/manifests/parse.ts';

function join(text: string) {
  const { documents, problems } = parseManifests({ path: 'policies.yaml', bytes: Buffer.from(text) });
  expect(problems).toEqual([]);
  return joinImagePolicies(documents.map((document) => ({ document })));
}

/** The policy, or the message about it, or undefined. */
function find(text: string, name = 'ns/p') {
  const found = join(text).find(name);
  return found?.kind === 'fault' ? found.problem.message.replace(/^\w+\/[\w-]+\/\w+: /, '') : found?.policy;
}

const repository = (spec = 'image: ghcr.io/acme/api', { version = 'v1', namespace = 'ns' } = {}) => `
apiVersion: image.toolkit.fluxcd.io/${version}
kind: ImageRepository
metadata: {name: r, namespace: ${namespace}}
spec: {${spec}}
`;
const policy = (spec: string, { version = 'v1', namespace = 'ns', ref = '{name: r}', name = 'p' } = {}) => `---
apiVersion: image.toolkit.fluxcd.io/${version}
kind: ImagePolicy
metadata: {name: ${name}, namespace: ${namespace}}
spec: {imageRepositoryRef: ${ref}, ${spec}}
`;
const SEMVER = "policy: {semver: {range: '1.x'}}";

describe('an ImagePolicy', () => {
  it.each(['v1alpha1', 'v1alpha2', 'v1beta1', 'v1beta2', 'v1'])('of version %s is read', (version) => {
    expect(find(repository(undefined, { version }) + policy(SEMVER, { version }))).toEqual({
      name: 'ns/p',
      image: 'ghcr.io/acme/api',
      policy: { kind: 'semver', range: '1.x', filter: undefined, threeParts: true },
      exclude: ['^.*\\.sig$'],
      digests: 'Never',
      suspended: undefined,
    });
  });

  const filter = { pattern: '^a-(?P<n>.*)$', extract: '$n' };
  it.each([
    {
      says: 'alphabetical without an order',
      spec: 'policy: {alphabetical: {}}',
      expected: { kind: 'alphabetical', order: 'asc', filter: undefined },
    },
    {
      says: 'numerical, descending',
      spec: 'policy: {numerical: {order: desc}}',
      expected: { kind: 'numerical', order: 'desc', filter: undefined },
    },
    {
      says: 'a filter with what to extract',
      spec: "policy: {numerical: {}}, filterTags: {pattern: '^a-(?P<n>.*)$', extract: $n}",
      expected: { kind: 'numerical', order: 'asc', filter },
    },
    {
      says: 'a filter as it stands where postBuild takes a dollar away',
      spec: "policy: {numerical: {}}, filterTags: {pattern: '^a-(?P<n>.*)$', extract: '$${n}'}",
      expected: { kind: 'numerical', order: 'asc', filter: { ...filter, extract: '$' + '{n}' } },
    },
    {
      says: 'a filter without anything to extract',
      spec: "policy: {semver: {range: '*'}}, filterTags: {pattern: '-alpine$', extract: ''}",
      expected: { kind: 'semver', range: '*', threeParts: true, filter: { pattern: '-alpine$', extract: undefined } },
    },
    {
      says: 'three policies, of which semver goes first',
      spec: "policy: {numerical: {}, alphabetical: {}, semver: {range: '*'}}",
      expected: { kind: 'semver', range: '*', threeParts: true, filter: undefined },
    },
    {
      says: 'two policies, of which alphabetical goes first',
      spec: 'policy: {numerical: {}, alphabetical: {}}',
      expected: { kind: 'alphabetical', order: 'asc', filter: undefined },
    },
  ])('says $says', ({ spec, expected }) => {
    expect(find(repository() + policy(spec))).toMatchObject({ policy: expected });
  });

  it.each([
    { with: 'digests', spec: `${SEMVER}, digestReflectionPolicy: Always`, expected: { digests: 'Always' } },
    { with: 'digests', spec: `${SEMVER}, digestReflectionPolicy: IfNotPresent`, expected: { digests: 'IfNotPresent' } },
    { with: 'suspend', spec: `${SEMVER}, suspend: true`, expected: { suspended: 'ImagePolicy ns/p' } },
    { with: 'fields of later versions', spec: `${SEMVER}, interval: 5m, more: {a: b}`, expected: { digests: 'Never' } },
  ])('is read with $with', ({ spec, expected }) => {
    expect(find(repository() + policy(spec))).toMatchObject(expected);
  });

  it.each([
    { that: 'has no policy', spec: 'policy: {}', fault: 'has no policy' },
    { that: 'has a policy of another kind', spec: 'policy: {newest: {}}', fault: 'has no policy' },
    { that: 'has no range', spec: 'policy: {semver: {x: y}}', fault: 'has no spec.policy.semver.range' },
    {
      that: 'has a number for a range',
      spec: 'policy: {semver: {range: 1.0}}',
      fault: 'spec.policy.semver.range is not text',
    },
    {
      that: 'has an unknown order',
      spec: 'policy: {numerical: {order: up}}',
      fault: 'spec.policy.numerical.order is none of the words it can be',
    },
    {
      that: 'extracts no group',
      spec: 'policy: {numerical: {}}, filterTags: {pattern: a, extract: $n}',
      fault: "the pattern has no group 'n' to extract",
    },
    {
      that: 'has an unknown reflection',
      spec: `${SEMVER}, digestReflectionPolicy: always`,
      fault: 'spec.digestReflectionPolicy is none of the words it can be',
    },
    { that: 'has a word for suspend', spec: `${SEMVER}, suspend: "yes"`, fault: 'spec.suspend is not true or false' },
    {
      that: 'has a variable in its range',
      spec: "policy: {semver: {range: '$" + "{range}'}}",
      fault: 'spec.policy.semver.range holds the variable $' + '{range}, which nothing fills in here',
    },
    {
      that: 'has a very long pattern',
      spec: `policy: {numerical: {}}, filterTags: {pattern: ${'a'.repeat(5_000)}}`,
      fault: 'spec.filterTags.pattern is longer than 4096 characters',
    },
  ])('cannot be followed if it $that', ({ spec, fault }) => {
    const text = repository() + policy(spec);
    expect(find(text)).toBe(fault);
    expect(join(text).problems).toMatchObject([
      { severity: 'error', code: 'IMAGE_POLICY_INVALID', position: { file: 'policies.yaml' } },
    ]);
  });

  it('costs the images that follow it alone', () => {
    const text = repository() + policy('policy: {}') + policy(SEMVER, { name: 'fine' });
    expect(find(text, 'ns/fine')).toMatchObject({ name: 'ns/fine' });
  });

  it('is found in any namespace if it names none', () => {
    const text = (repository() + policy(SEMVER)).replaceAll(', namespace: ns', '');
    expect(find(text, 'anywhere/p')).toMatchObject({ image: 'ghcr.io/acme/api' });
    expect(find(text, 'anywhere/q')).toBeUndefined();
  });

  it('counts once where the same object is there twice', () => {
    expect(find(repository() + policy(SEMVER) + policy(SEMVER))).toMatchObject({ name: 'ns/p' });
    expect(find(repository() + policy(SEMVER) + policy('policy: {numerical: {}}'))).toBe(
      'ImagePolicy/ns/p is there a second time and says something else than at policies.yaml:9',
    );
  });

  it('is told apart from other kinds of the same name', () => {
    const other = policy(SEMVER).replace('image.toolkit.fluxcd.io/v1', 'example.org/v1');
    expect(find(repository() + other)).toBeUndefined();
  });
});

describe('an ImageRepository', () => {
  it.each([
    { says: 'its own exclusions', spec: "image: a/b, exclusionList: ['^x', y$]", expected: { exclude: ['^x', 'y$'] } },
    { says: 'no exclusions', spec: 'image: a/b, exclusionList: []', expected: { exclude: [] } },
    { says: 'suspend', spec: 'image: a/b, suspend: true', expected: { suspended: 'ImageRepository ns/r' } },
    {
      says: 'credentials, which are passed over',
      spec: 'image: a/b, provider: aws, secretRef: {name: s}',
      expected: { image: 'a/b' },
    },
    {
      says: 'a name as it is written',
      spec: 'image: docker.io/library/redis',
      expected: { image: 'docker.io/library/redis' },
    },
  ])('says $says', ({ spec, expected }) => {
    expect(find(repository(spec) + policy(SEMVER))).toMatchObject(expected);
  });

  it.each([
    { that: 'has no image', spec: 'interval: 5m', fault: 'has no spec.image' },
    {
      that: 'has a scheme',
      spec: 'image: "https://ghcr.io/a/b"',
      fault: 'spec.image https://ghcr.io/a/b has a scheme',
    },
    { that: 'has a tag', spec: 'image: "ghcr.io/a/b:v1"', fault: 'spec.image ghcr.io/a/b:v1 has a tag or a digest' },
    {
      that: 'names no image',
      spec: 'image: "A B"',
      fault: 'spec.image is no image name: A B is not a valid image name: it must be lower-case',
    },
    {
      that: 'has a variable',
      spec: `image: "$${'{registry}'}/a"`,
      fault: `spec.image holds the variable $${'{registry}'}, which nothing fills in here`,
    },
    {
      that: 'excludes by what is no pattern',
      spec: "image: a/b, exclusionList: ['(']",
      fault: "in the exclusion '(' the regular expression cannot be read: missing closing ): '('",
    },
    {
      that: 'excludes by what is no list',
      spec: 'image: a/b, exclusionList: x',
      fault: 'spec.exclusionList is not a list of texts',
    },
    {
      that: 'excludes by too many',
      spec: `image: a/b, exclusionList: [${'a, '.repeat(26)}]`,
      fault: 'spec.exclusionList is longer than 25 patterns of 1024 characters',
    },
  ])('stops its policies if it $that', ({ spec, fault }) => {
    const text = repository(spec) + policy(SEMVER) + policy(SEMVER, { name: 'other' });
    expect(find(text)).toBe(fault);
    expect(join(text).problems).toHaveLength(1);
  });

  it('that is not there is an error of the policy', () => {
    expect(find(policy(SEMVER))).toBe(
      'ImagePolicy/ns/p follows the ImageRepository ns/r, which is not among the objects of the environment',
    );
  });

  const team = (labels: string) =>
    `---\napiVersion: v1\nkind: Namespace\nmetadata: {name: team, labels: {${labels}}}\n`;
  const admits = (labels: string) => `image: a/b, accessFrom: {namespaceSelectors: [{matchLabels: {${labels}}}]}`;
  const REFUSED = 'ImageRepository/ns/r does not admit policies of this namespace';
  it.each([
    { admits: 'nobody', spec: 'image: a/b', namespaces: '', found: REFUSED },
    {
      admits: 'an empty list',
      spec: 'image: a/b, accessFrom: {namespaceSelectors: []}',
      namespaces: '',
      found: REFUSED,
    },
    { admits: 'everybody', spec: admits(''), namespaces: '', found: 'ns/r' },
    { admits: 'a label that the namespace has', spec: admits('a: b'), namespaces: team('a: b, c: d'), found: 'ns/r' },
    { admits: 'a label that it has not', spec: admits('a: b'), namespaces: team('a: c'), found: REFUSED },
    { admits: 'a label of a namespace that nobody knows', spec: admits('a: b'), namespaces: '', found: 'ns/r' },
    { admits: 'its name', spec: admits('kubernetes.io/metadata.name: team'), namespaces: '', found: 'ns/r' },
    { admits: 'another name', spec: admits('kubernetes.io/metadata.name: other'), namespaces: '', found: REFUSED },
  ])('admits policies of another namespace: $admits', ({ spec, namespaces, found }) => {
    const foreign = policy(SEMVER, { namespace: 'team', ref: '{name: r, namespace: ns}' });
    const result = find(repository(spec) + foreign + namespaces, 'team/p');
    if (found === REFUSED) expect(result).toBe(REFUSED);
    else expect(result).toMatchObject({ image: 'a/b' });
  });
});
