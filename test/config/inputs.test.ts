import { describe, expect, it } from 'vitest';
import { INPUTS, type InputName } from '../../src/config/contract.ts';
import { inputVariable, readActionInputs } from '../../src/config/inputs.ts';

const KUBECONFIG = 'apiVersion: v1\nkind: Config\ncontexts: []\n';
const REGISTRY_AUTH = '{"auths":{"ghcr.io":{"auth":"dXNlcjpwYXNz"}}}';

/** The runner's environment: every input is there, at its default where the workflow says nothing. */
function environment(given: Partial<Record<InputName, string>>): Record<string, string> {
  return Object.fromEntries(
    INPUTS.map((input) => [inputVariable(input.name), given[input.name] ?? input.default ?? '']),
  );
}

function invocationOf(given: Partial<Record<InputName, string>>) {
  const read = readActionInputs(environment(given));
  if (!read.ok) throw new Error(read.problems.map((problem) => problem.message).join('; '));
  return read;
}

function problemsOf(given: Partial<Record<InputName, string>>): string[] {
  const read = readActionInputs(environment(given));
  return read.ok ? [] : read.problems.map((problem) => `${problem.code} ${problem.message}`);
}

describe('the inputs of the action', () => {
  it('are named as the runner names them', () => {
    expect(inputVariable('dry-run')).toBe('INPUT_DRY-RUN');
  });

  it('ask for a run where nothing is said, or nothing is there', () => {
    for (const read of [readActionInputs({}), readActionInputs(environment({}))]) {
      expect(read).toMatchObject({
        ok: true,
        invocation: { command: 'run', flags: { dryRun: false, environments: [] } },
      });
    }
  });

  it('mean what the flags mean', () => {
    const { invocation } = invocationOf({
      command: 'scan',
      config: 'deploy/towpath.yaml',
      environment: 'a\n  b\r\n\n',
      'dry-run': 'true',
      arguments: `--write --cache 'my cache' --json -`,
    });
    expect(invocation).toMatchObject({
      command: 'scan',
      flags: {
        config: 'deploy/towpath.yaml',
        environments: ['a', 'b'],
        dryRun: true,
        write: true,
        cache: 'my cache',
        json: '-',
      },
    });
  });

  it('give way to arguments where they are left at their default', () => {
    const { invocation } = invocationOf({ arguments: '--config other.yaml --environment a --dry-run' });
    expect(invocation.flags).toMatchObject({ config: 'other.yaml', environments: ['a'], dryRun: true });
  });

  it('take a value that begins with a hyphen as a value', () => {
    expect(invocationOf({ environment: '--check' }).invocation.flags).toMatchObject({
      environments: ['--check'],
      check: false,
    });
  });

  it.each<{ name: string; given: Partial<Record<InputName, string>>; problems: string[] }>([
    {
      name: 'an unknown command',
      given: { command: 'sacn' },
      problems: ["USAGE_INPUT input command has the unknown value 'sacn'"],
    },
    {
      name: 'a truth that is not true',
      given: { 'dry-run': 'yes' },
      problems: ['USAGE_INPUT input dry-run is neither true nor false'],
    },
    { name: 'True', given: { 'dry-run': 'True' }, problems: ['USAGE_INPUT input dry-run is neither true nor false'] },
    {
      name: 'an open quote',
      given: { arguments: "'--check" },
      problems: ['USAGE_INPUT input arguments has a single quote that is not closed'],
    },
    { name: 'an unknown flag', given: { arguments: '--chek' }, problems: ['USAGE_UNKNOWN_FLAG unknown flag --chek'] },
    {
      name: 'the same twice',
      given: { config: 'a', arguments: '--config b' },
      problems: ['USAGE_FLAG_TWICE --config is given twice'],
    },
    {
      name: 'a kubeconfig twice',
      given: { kubeconfig: KUBECONFIG, arguments: '--kubeconfig=x' },
      problems: ['USAGE_INPUT --kubeconfig is given twice'],
    },
    {
      name: 'registry-auth twice',
      given: { 'registry-auth': REGISTRY_AUTH, arguments: '--registry-auth x' },
      problems: ['USAGE_INPUT --registry-auth is given twice'],
    },
    {
      name: 'a kubeconfig that is none',
      given: { kubeconfig: 'c2VjcmV0' },
      problems: ['USAGE_INPUT input kubeconfig is neither a kubeconfig nor one in base64'],
    },
    {
      name: 'registry-auth that is no JSON',
      given: { 'registry-auth': '{"auths": secret' },
      problems: ['USAGE_INPUT input registry-auth is not a JSON object'],
    },
    {
      name: 'several things',
      given: { command: 'x', 'dry-run': 'x', arguments: '--x' },
      problems: [
        "USAGE_INPUT input command has the unknown value 'x'",
        'USAGE_INPUT input dry-run is neither true nor false',
        'USAGE_UNKNOWN_FLAG unknown flag --x',
      ],
    },
  ])('are refused with $name', ({ given, problems }) => {
    expect(problemsOf(given)).toEqual(problems);
  });

  it('have their default in the contract only', () => {
    expect(problemsOf({ config: '.towpath.yaml', arguments: '--config b' })).toEqual([]);
  });
});

describe('secret inputs', () => {
  it.each([
    { name: 'plain', text: KUBECONFIG },
    { name: 'in base64', text: Buffer.from(KUBECONFIG).toString('base64') },
    { name: 'in base64 of several lines', text: Buffer.from(KUBECONFIG).toString('base64').replace(/.{20}/g, '$&\n') },
  ])('give a kubeconfig $name', ({ text }) => {
    expect(invocationOf({ kubeconfig: text }).secrets.kubeconfig?.reveal().trim()).toBe(KUBECONFIG.trim());
  });

  it('are kept where nothing prints them', () => {
    const read = invocationOf({
      'github-token': 'ghs_secret',
      'registry-auth': REGISTRY_AUTH,
      'slack-webhook-url': 'https://hooks.example.org/secret',
    });
    expect(read.secrets.githubToken?.reveal()).toBe('ghs_secret');
    expect(read.secrets.registryAuth?.reveal()).toBe(REGISTRY_AUTH);
    expect(read.secrets.slackWebhookUrl?.reveal()).toBe('https://hooks.example.org/secret');
    expect(JSON.stringify(read)).not.toMatch(/ghs_secret|dXNlcjpwYXNz|hooks/);
  });

  it('are not there where the input is empty', () => {
    expect(invocationOf({ 'github-token': ' ' }).secrets).toEqual({
      githubToken: undefined,
      kubeconfig: undefined,
      registryAuth: undefined,
      slackWebhookUrl: undefined,
    });
  });

  it('are not quoted by the problem that they are', () => {
    const read = readActionInputs(environment({ kubeconfig: 'topsecret', 'registry-auth': '{"auths":"topsecret' }));
    expect(JSON.stringify(read)).not.toContain('topsecret');
  });
});
