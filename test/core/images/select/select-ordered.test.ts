import { describe, expect, it } from 'vitest';
import { chosen, decide, reasonAgainst } from './select-case.ts';

// The lists and their greatest and least elements are the cases that Flux's image-reflector-controller publishes.
const CALVER = ['16.04', '16.04.1', '16.10', '20.04', '20.10'];
const NAMES = ['xenial', 'yakkety', 'zesty', 'artful', 'bionic'];
const STAMPS = ['1606234201', '1606364286', '1606334092', '1606334284', '1606334201'];
const WHOLE = ['-62', '-88', '73', '72', '15', '16', '29', '-33', '-91'];
const FRACTIONS = [
  '47.40896403322944',
  '-27.8520927455902',
  '-27.930666514224427',
  '53.47333823144817',
  '3.2008658570411086',
];

describe('alphabetical order by code points', () => {
  it.each([
    { policy: 'alphabetical:asc', current: '16.04', tags: CALVER, expected: '20.10' },
    { policy: 'alphabetical', current: '20.10', tags: CALVER, expected: 'keep' },
    { policy: 'alphabetical:desc', current: '20.10', tags: CALVER, expected: '16.04' },
    { policy: 'alphabetical:asc', current: 'bionic', tags: NAMES, expected: 'zesty' },
    { policy: 'alphabetical:desc', current: 'bionic', tags: NAMES, expected: 'artful' },
    { policy: 'alphabetical', current: '1606234201', tags: STAMPS, expected: '1606364286' },
    { policy: 'alphabetical', current: 'a', tags: ['B', 'a', 'b', 'a-1', '_z'], expected: 'b' },
    { policy: 'alphabetical', current: '9', tags: ['10', '9', '8'], expected: 'keep' },
  ])('$policy over $tags from $current: $expected', ({ policy, current, tags, expected }) => {
    expect(chosen({ policy, current, tags })).toBe(expected);
  });

  it('says which way it looked', () => {
    expect(decide({ policy: 'alphabetical:desc', current: 'bionic', tags: NAMES }).reason).toBe(
      "'artful' is the first in alphabetical order",
    );
    expect(reasonAgainst({ policy: 'alphabetical:desc', current: 'bionic', tags: NAMES }, 'zesty')).toBe(
      'above the current tag',
    );
    expect(reasonAgainst({ policy: 'alphabetical:desc', current: 'zesty', tags: NAMES }, 'bionic')).toBe(
      "above 'artful'",
    );
  });
});

/** Tags cannot begin with a hyphen, so signed numbers come from a filter. */
function numbered(values: readonly string[]): string[] {
  return values.map((value) => `n${value}`);
}

describe('numerical order', () => {
  const filter = { pattern: '^n(?P<n>.*)$', extract: '$n' };

  it.each([
    { order: 'asc', current: 'n-62', values: WHOLE, expected: 'n73' },
    { order: 'desc', current: 'n-62', values: WHOLE, expected: 'n-91' },
    { order: 'asc', current: 'n3.2008658570411086', values: FRACTIONS, expected: 'n53.47333823144817' },
    { order: 'desc', current: 'n3.2008658570411086', values: FRACTIONS, expected: 'n-27.930666514224427' },
    { order: 'asc', current: 'n1606234201', values: STAMPS, expected: 'n1606364286' },
    { order: 'desc', current: 'n1606364286', values: STAMPS, expected: 'n1606234201' },
    { order: 'asc', current: 'n1', values: ['1'], expected: 'keep' },
    {
      order: 'asc',
      current: 'n20260822163131123',
      values: ['20260822163131123', '20260822163131124'],
      expected: 'n20260822163131124',
    },
    { order: 'asc', current: 'n9', values: ['9', '10', '11'], expected: 'n11' },
    { order: 'asc', current: 'n1.5', values: ['1.5', '1.50', '01.5'], expected: 'keep' },
  ])('$order over $values from $current: $expected', ({ order, current, values, expected }) => {
    expect(chosen({ policy: `numerical:${order}`, filter, current, tags: numbered(values) })).toBe(expected);
  });

  it('rejects what is no number, and goes on', () => {
    const given = { policy: 'numerical', current: '0', tags: ['0', '1a', 'b', '2', '1e9', '0x9'] };
    expect(chosen(given)).toBe('2');
    expect(reasonAgainst(given, '1a')).toBe('no number');
    expect(reasonAgainst(given, '1e9')).toBe('no number');
  });
});

describe('filters', () => {
  const tags = [
    'main-af14eb2-1606234201',
    'main-bb73ed9-1606364286',
    'main-0000000-1606334092',
    'develop-1-9999999999',
    'main-x',
  ];
  const pattern = '^main-[a-f0-9]+-(?P<ts>[0-9]+)$';
  const current = 'main-af14eb2-1606234201';

  it.each([{ extract: '$ts' }, { extract: `\${ts}` }, { extract: '$1' }, { extract: `\${1}` }, { extract: '0$ts' }])(
    'orders by $extract',
    ({ extract }) => {
      expect(chosen({ policy: 'numerical', filter: { pattern, extract }, current, tags })).toBe(
        'main-bb73ed9-1606364286',
      );
    },
  );

  it('orders by the whole tag where nothing is extracted', () => {
    const filter = { pattern, extract: undefined };
    expect(chosen({ policy: 'alphabetical', filter, current: 'main-0000000-1606334092', tags })).toBe(
      'main-bb73ed9-1606364286',
    );
    expect(reasonAgainst({ policy: 'alphabetical', filter, current, tags }, 'main-x')).toBe(
      'does not match the filter',
    );
  });

  it('warns where two newer tags extract to the same', () => {
    const twins = [...tags, 'main-1111111-1606364286'];
    const selection = decide({ policy: 'numerical', filter: { pattern, extract: '$ts' }, current, tags: twins });
    expect(selection).toMatchObject({ kind: 'update', to: { tag: 'main-bb73ed9-1606364286' } });
    expect(selection.warnings).toEqual([
      "2 newer tags share an extracted value with another, as 'main-bb73ed9-1606364286' and 'main-1111111-1606364286' do",
    ]);
  });

  it('does not warn of twins that are older than the current tag', () => {
    const twins = [...tags, 'main-1111111-1606234201'];
    expect(decide({ policy: 'numerical', filter: { pattern, extract: '$ts' }, current, tags: twins }).warnings).toEqual(
      [],
    );
  });

  it.each([
    { name: 'moves on from a listed tag that it does not match', listed: true, expected: 'main-bb73ed9-1606364286' },
    { name: 'stays where that tag is not even listed', listed: false, expected: 'keep' },
  ])('$name', ({ listed, expected }) => {
    const letters = { policy: 'alphabetical', filter: { pattern: '^main-b', extract: undefined }, current: 'v1' };
    expect(chosen({ ...letters, tags: listed ? [...tags, 'v1'] : tags })).toBe(expected);
    const given = { policy: 'numerical', filter: { pattern, extract: '$ts' }, current: 'v1' };
    expect(chosen({ ...given, tags: listed ? [...tags, 'v1'] : tags })).toBe(expected);
  });
});
