import { describe, expect, it } from 'vitest';
import { gitEnvironment, settingArguments, withConfig } from '../../src/repository/git-environment.ts';

describe('gitEnvironment', () => {
  it('never prompts and speaks English', () => {
    expect(
      gitEnvironment({ LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de', GIT_TERMINAL_PROMPT: '1' }),
    ).toMatchObject({
      GIT_TERMINAL_PROMPT: '0',
      LANGUAGE: 'C',
      LC_ALL: 'C',
    });
  });

  it.each([
    'GIT_DIR',
    'GIT_INDEX_FILE',
    'GIT_WORK_TREE',
    'GIT_OBJECT_DIRECTORY',
    'GIT_NAMESPACE',
    'GIT_LITERAL_PATHSPECS',
    'GIT_TRACE',
    'GIT_TRACE_CURL',
    'GIT_TRACE2_EVENT',
    'GIT_CURL_VERBOSE',
  ])('leaves %s out', (name) => {
    expect(gitEnvironment({ [name]: 'x' })).not.toHaveProperty(name);
  });

  it.each([
    'PATH',
    'HOME',
    'GIT_SSH_COMMAND',
    'GIT_ASKPASS',
    'GIT_SSL_CAINFO',
    'HTTPS_PROXY',
    'GIT_CONFIG_GLOBAL',
    'GIT_CONFIG_PARAMETERS',
  ])("keeps the user's %s", (name) => {
    expect(gitEnvironment({ [name]: 'x' })).toHaveProperty(name, 'x');
  });

  it('takes ext out of the protocols that are allowed', () => {
    expect(gitEnvironment({ GIT_ALLOW_PROTOCOL: 'https:ext:file' })).toMatchObject({
      GIT_ALLOW_PROTOCOL: 'https:file',
    });
  });
});

describe('settingArguments', () => {
  it('are pairs of -c and a setting', () => {
    const args = settingArguments();
    expect(args.filter((_, index) => index % 2 === 0).every((arg) => arg === '-c')).toBe(true);
    expect(args).toContain('core.hooksPath=/dev/null');
    expect(args).toContain('protocol.ext.allow=never');
  });
});

describe('withConfig', () => {
  it('adds to the configuration that the environment has', () => {
    const env = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'a.b', GIT_CONFIG_VALUE_0: 'c' };
    expect(withConfig(env, [['d.e', 'f']])).toEqual({
      ...env,
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_1: 'd.e',
      GIT_CONFIG_VALUE_1: 'f',
    });
  });

  it.each([{ count: undefined }, { count: '' }, { count: 'many' }])(
    'begins at 0 where the count is $count',
    ({ count }) => {
      expect(withConfig({ GIT_CONFIG_COUNT: count }, [['d.e', 'f']])).toEqual({
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'd.e',
        GIT_CONFIG_VALUE_0: 'f',
      });
    },
  );

  it('gives back the environment where there is nothing to add', () => {
    expect(withConfig({ A: '1' }, [])).toEqual({ A: '1' });
  });
});
