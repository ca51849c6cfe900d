import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/base/secret.ts';
import { describeConfig } from '../../src/config/describe.ts';
import { configNotFound, type LoadedConfig, type LoadOptions, loadConfig } from '../../src/config/load.ts';
import { problemLines } from '../../src/host/problem-lines.ts';
import { behaviours, expectGolden, input } from './golden-folder.ts';

const URL_OF_SLACK = 'https://hooks.example.org/services/T0/B0/secret';

function load(text: string, options: Partial<LoadOptions> = {}): LoadedConfig {
  return loadConfig(text, { file: '.towpath.yaml', variables: {}, ...options });
}

function configOf(text: string, options: Partial<LoadOptions> = {}) {
  const loaded = load(text, options);
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => problemLines(problem).join(' ')).join('\n'));
  return loaded;
}

function codesOf(text: string, options: Partial<LoadOptions> = {}): string[] {
  const loaded = load(text, options);
  return (loaded.ok ? loaded.warnings : loaded.problems).map(({ code, position }) => {
    return `${position?.line}:${position?.col} ${code}`;
  });
}

const MINIMAL = 'version: 1\nenvironments: { development: { path: apps } }\n';

function withSlack(slack: string): string {
  return `${MINIMAL}notify:\n  - slack: ${slack}\n`;
}

describe('a configuration', () => {
  it.each(behaviours('config'))('%s', (behaviour) => {
    const lines = (input('config', behaviour, 'variables.txt') ?? '').split('\n').filter((line) => line !== '');
    const variables = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    const loaded = load(input('config', behaviour, 'towpath.yaml') ?? '', { variables });
    const problems = loaded.ok ? loaded.warnings : loaded.problems;
    const text = (found: readonly string[]) => found.map((line) => `${line}\n`).join('');
    expectGolden('config', behaviour, {
      inputs: ['towpath.yaml', 'variables.txt'],
      outputs: {
        'problems.txt': text(problems.flatMap(problemLines)),
        ...(loaded.ok ? { 'config.txt': text(describeConfig(loaded.config)) } : {}),
      },
    });
    const marked = problems.filter((problem) => problem.position === undefined || problem.message.includes('\n'));
    expect(marked).toEqual([]);
  });

  it('is frozen through and through', () => {
    const { config } = configOf(`${MINIMAL}images: [{ image: a, policy: auto, deny: [b] }]\n`);
    const thawed: unknown[] = [];
    const visit = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) thawed.push(value);
      for (const part of Object.values(value)) visit(part);
    };
    visit(config);
    expect(thawed).toEqual([]);
  });

  it('keeps the place of what is checked later', () => {
    const { config } = configOf(`version: 1
environments:
  development:
    path: [apps, base]
    clusters: [{ context: eu }]
images:
  - image: "*"
    policy: semver:*
`);
    const [environment] = config.environments;
    const file = '.towpath.yaml';
    expect(environment?.position).toEqual({ file, line: 3, col: 3 });
    expect(environment?.paths).toEqual([
      { value: 'apps', position: { file, line: 4, col: 12 } },
      { value: 'base', position: { file, line: 4, col: 18 } },
    ]);
    expect(environment?.clusters?.[0]?.position).toEqual({ file, line: 5, col: 16 });
    expect(config.images[0]?.policy?.position).toEqual({ file, line: 8, col: 13 });
  });

  it.each([
    {
      name: 'a BOM on the first line',
      text: `\uFEFFversion: 2\nenvironments: { a: { path: b } }\n`,
      codes: ['1:10 CONFIG_TYPE'],
    },
    { name: 'a BOM', text: `\uFEFF${MINIMAL}surplus: 1\n`, codes: ['3:1 CONFIG_UNKNOWN_KEY'] },
    { name: 'CRLF', text: `${MINIMAL}surplus: 1\n`.replaceAll('\n', '\r\n'), codes: ['3:1 CONFIG_UNKNOWN_KEY'] },
    { name: 'no final line break', text: `${MINIMAL}surplus: 1`, codes: ['3:1 CONFIG_UNKNOWN_KEY'] },
    {
      name: 'variables before it on the line',
      text: `version: 1\nenvironments: { a: { path: \${LONG_NAME}, surplus: 1 } }\n`,
      codes: ['2:42 CONFIG_UNKNOWN_KEY'],
    },
  ])('has true positions with $name', ({ text, codes }) => {
    expect(codesOf(text, { variables: { LONG_NAME: 'x' } })).toEqual(codes);
  });

  it('is not read where it is larger than 256 KiB', () => {
    const loaded = load(`${MINIMAL}#${' '.repeat(256 * 1024)}`);
    expect(loaded.ok ? [] : loaded.problems).toMatchObject([{ code: 'CONFIG_TOO_LARGE', subject: '.towpath.yaml' }]);
  });

  it('does not let aliases multiply without end', () => {
    const platforms = Array.from({ length: 400 }, () => 'linux/amd64').join(', ');
    const rules = Array.from({ length: 400 }, () => '*rule').join(', ');
    const rule = `- &rule { image: a, policy: auto, platforms: [${platforms}] }`;
    const text = `${MINIMAL}images:\n${rule.replace(/^/gm, '  ')}\n${rules
      .split(', ')
      .map((alias) => `  - ${alias}`)
      .join('\n')}\n`;
    const loaded = load(text);
    expect(loaded.ok ? [] : loaded.problems.map((problem) => problem.code)).toEqual(['CONFIG_TOO_LARGE']);
  });

  it.each([
    { name: 'nested without end', text: '['.repeat(100_000) },
    { name: 'closed without end', text: ']\n'.repeat(50_000) },
    { name: 'broken on every line', text: 'a: [\n'.repeat(20_000) },
  ])('$name is refused, with at most 100 problems', ({ text }) => {
    const loaded = load(text);
    const problems = loaded.ok ? [] : loaded.problems;
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(100);
    expect(new Set(problems.map((problem) => problem.code))).toEqual(new Set(['CONFIG_SYNTAX']));
  });

  it('refuses the characters that stand in for variables', () => {
    expect(codesOf(`${MINIMAL}# \uE041\n`)).toEqual(['3:3 CONFIG_SYNTAX']);
  });
});

describe('a value of the environment', () => {
  it('is never read as YAML', () => {
    const { config } = configOf(`version: 1\nenvironments: { a: { path: \${VALUE} } }\n`, {
      variables: { VALUE: 'x, generators: true }' },
    });
    expect(config.environments[0]).toMatchObject({ paths: [{ value: 'x, generators: true }' }], generators: false });
  });

  it('is looked for among own variables only', () => {
    expect(codesOf(`version: 1\nenvironments: { a: { path: "\${constructor}" } }\n`)).toEqual([
      '2:29 CONFIG_UNSET_VARIABLE',
    ]);
  });

  it('may hold a dollar, a reference, and anything else', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }).filter((value) => value.trim() !== ''),
        (value) => {
          const slack = `{ webhook-url: "${URL_OF_SLACK}", channel: x\${VALUE}\${VALUE}y }`;
          const { config } = configOf(withSlack(slack), { variables: { VALUE: value } });
          expect(config.notifiers[0]?.channel).toBe(`x${value}${value}y`);
        },
      ),
    );
  });
});

describe('a Slack notifier', () => {
  it.each([
    {
      name: 'its own variable',
      text: withSlack(`{ webhook-url: \${HOOK} }`),
      options: { variables: { HOOK: URL_OF_SLACK } },
    },
    {
      name: 'the variable of the environment',
      text: withSlack('{}'),
      options: { variables: { SLACK_WEBHOOK_URL: URL_OF_SLACK } },
    },
    {
      name: 'the input, before the environment',
      text: withSlack('{}'),
      options: {
        variables: { SLACK_WEBHOOK_URL: 'https://hooks.example.org/environment' },
        slackWebhookUrl: new Secret(URL_OF_SLACK),
      },
    },
    {
      name: 'the input, under the name of the variable',
      text: withSlack(`{ webhook-url: \${SLACK_WEBHOOK_URL} }`),
      options: { slackWebhookUrl: new Secret(URL_OF_SLACK) },
    },
    { name: 'the input alone', text: MINIMAL, options: { slackWebhookUrl: new Secret(URL_OF_SLACK) } },
  ])('takes its address from $name', ({ text, options }) => {
    const { config, warnings } = configOf(text, options);
    expect(config.notifiers.map((notifier) => notifier.webhookUrl.reveal())).toEqual([URL_OF_SLACK]);
    expect(warnings).toEqual([]);
  });

  it('is not made from the environment alone', () => {
    const { config } = configOf(MINIMAL, { variables: { SLACK_WEBHOOK_URL: URL_OF_SLACK } });
    expect(config.notifiers).toEqual([]);
  });

  it('is an error, not off, where the address of the run is none', () => {
    expect(codesOf(withSlack('{}'), { slackWebhookUrl: new Secret('not an address') })).toEqual(['4:5 CONFIG_VALUE']);
  });

  it('stays an error where a variable is not set and something else is wrong', () => {
    expect(codesOf(withSlack(`{ webhook-url: \${NOT_SET}, chanel: x }`))).toEqual([
      '4:5 NOTIFIER_OFF',
      '4:39 CONFIG_UNKNOWN_KEY',
    ]);
    expect(load(withSlack(`{ webhook-url: \${NOT_SET}, chanel: x }`)).ok).toBe(false);
  });

  it('never shows its address', () => {
    const { config } = configOf(withSlack(`{ webhook-url: "${URL_OF_SLACK}" }`));
    expect(JSON.stringify(config) + describeConfig(config).join('\n')).not.toContain('secret');
    const loaded = load(withSlack(`{ webhook-url: \${HOOK} }`), { variables: { HOOK: 'hooks.example.org/secret' } });
    expect(JSON.stringify(loaded)).not.toContain('hooks.example.org');
  });
});

describe('no configuration', () => {
  it('says which file and what to do', () => {
    expect(problemLines(configNotFound('deploy/towpath.yaml'))).toEqual([
      'deploy/towpath.yaml: there is no such configuration file',
      "  hint: Create deploy/towpath.yaml with 'version: 1' and 'environments', or name another file with --config.",
    ]);
  });
});

describe('hostile text', () => {
  it('never throws', () => {
    const piece = fc.constantFrom(
      'version: 1\n',
      'environments:\n',
      '  a: { path: b }\n',
      'notify: [',
      `- slack: \${X}`,
      '&a ',
      '*a',
      '<<: ',
      '!!binary ',
      '? ',
      '%YAML 1.1\n',
      '---\n',
      '"\\',
      '\t',
      '{',
      '}',
      ']',
      `\${`,
      `$\${A}`,
      '|\n',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (pieces) => {
        const loaded = load(pieces.join(''));
        if (loaded.ok) return;
        expect(loaded.problems.length).toBeGreaterThan(0);
        for (const problem of loaded.problems) expect(problem.message).not.toMatch(/[\uE000-\uE07F\n]/);
      }),
      { numRuns: 500 },
    );
  });
});
