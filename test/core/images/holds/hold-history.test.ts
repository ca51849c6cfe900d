import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSetBack, type PastImage } from '../../../../src/core/images/holds/hold-history.ts';
import { type Order, orderOf } from '../../../../src/core/images/holds/hold-order.ts';
import { holdTrailer, unholdTrailer } from '../../../../src/core/images/holds/hold-trailers.ts';
import { NO_POLICIES } from '../../../../src/core/images/locate/image-holder.ts';
import type { ImageUse, WorkloadPolicies } from '../../../../src/core/images/locate/image-use.ts';
import { selectTag } from '../../../../src/core/images/select/select.ts';
import type { TagFacts } from '../../../../src/core/images/select/tag-facts.ts';
import { inputOf, type SelectCase, shuffled } from '../select/select-case.ts';

const ID = 'prod:deployment/api';
const DAY = 24 * 60 * 60 * 1000;
const START = Date.parse('2026-01-01T00:00:00Z');
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/** `tag`, `tag@letter` or `@letter`. */
function image(version: string, given: Partial<WorkloadPolicies> & { name?: string } = {}): ImageUse {
  const [tag = '', letter] = version.split('@');
  const { name = 'example.org/api', ...policies } = given;
  return {
    subject: 'Deployment/prod/api',
    container: 'app',
    name,
    tag: tag === '' ? undefined : tag,
    digest: letter === undefined ? undefined : digest(letter),
    position: { file: 'api.yaml', line: 1, col: 1 },
    fields: [],
    policies: { ...NO_POLICIES, automated: true, ...policies },
    refusal: undefined,
  };
}

interface Step {
  readonly image?: PastImage['image'] | string;
  readonly message?: string;
}

/** Commits as they were made, the oldest first; each a day after the one before. */
function pastOf(steps: readonly (Step | string)[]): PastImage[] {
  return steps
    .map((step, index): PastImage => {
      const { image: left, message = 'Change' } = typeof step === 'string' ? { image: step } : step;
      return {
        revision: String(index + 1).repeat(40),
        author: `Author ${index + 1}`,
        committedMs: START + index * DAY,
        message,
        image: typeof left === 'string' && left !== 'unchanged' ? image(left) : left,
      };
    })
    .reverse();
}

const hold = (value: string) => ({
  holds: new Map([['app', { value, position: { file: 'api.yaml', line: 1, col: 1 } }]]),
});

/** Tags are numbers: the greater the newer. */
const byNumber =
  (current: string) =>
  (tag: string): Order =>
    Number(tag) > Number(current) ? 'newer' : 'not newer';

/** `from -> to by n`, or undefined. */
function told(steps: readonly (Step | string)[], given: { current?: ImageUse; orderOf?: (tag: string) => Order } = {}) {
  const past = pastOf(steps);
  const last = past.find((commit) => typeof commit.image === 'object')?.image as ImageUse;
  const current = given.current ?? last;
  const found = findSetBack({ current, id: ID, past, orderOf: given.orderOf ?? byNumber(current.tag ?? '') });
  if (found === undefined) return undefined;
  return `${found.from.tag ?? found.from.digest?.[7]} -> ${found.to.tag ?? found.to.digest?.[7]} by ${found.by?.author}`;
}

describe('an image', () => {
  it.each<{ name: string; steps: readonly (Step | string)[]; found: string | undefined }>([
    { name: 'that only went up was not set back', steps: ['1', '2', '3'], found: undefined },
    { name: 'that a revert set back was', steps: ['1', '2', '1'], found: '2 -> 1 by Author 3' },
    { name: 'that was pinned to a tag that it never had was', steps: ['3', '2'], found: '3 -> 2 by Author 2' },
    { name: 'that went up again was not', steps: ['1', '2', '1', '2'], found: undefined },
    {
      name: 'is told who set it back, not who touched the file since',
      steps: ['1', '2', '1', { image: 'unchanged', message: 'Other' }, '1'],
      found: '2 -> 1 by Author 3',
    },
    {
      name: 'that cannot be found in between is compared with what was before',
      steps: ['2', { image: undefined }, '1'],
      found: '2 -> 1 by Author 3',
    },
    {
      name: 'that was a template in between is compared with what was before',
      steps: ['2', { image: { ...image('9', { name: '{{ .image }}' }), refusal: 'a template' } }, '1'],
      found: '2 -> 1 by Author 3',
    },
    { name: 'of a file that is new was not', steps: ['1'], found: undefined },
    { name: 'of which nothing is known was not', steps: [{ image: undefined }, '1'], found: undefined },
    {
      name: 'that was another repository before was not',
      steps: ['2', { image: image('2', { name: 'other.org/api' }) }, '1'],
      found: undefined,
    },
    {
      name: 'whose name is written in another way is the same',
      steps: [{ image: image('2', { name: 'nginx' }) }, { image: image('1', { name: 'docker.io/library/nginx' }) }],
      found: '2 -> 1 by Author 2',
    },
    { name: 'that only lost its digest was not', steps: ['1@a', '1'], found: undefined },
    { name: 'that was set back and got a digest was', steps: ['2', '1', '1@a'], found: '2 -> 1 by Author 2' },
  ])('$name', ({ steps, found }) => {
    expect(told(steps)).toBe(found);
  });

  it('whose version is written nowhere any more was set back by the commit that took the other one away', () => {
    const gone = { image: undefined };
    expect(told(['2', gone, gone], { current: image('1') })).toBe('2 -> 1 by Author 2');
    expect(told(['2', '1', gone], { current: image('1') })).toBe('2 -> 1 by Author 2');
    expect(told(['1', gone, '2', gone], { current: image('1') })).toBe('2 -> 1 by Author 4');
    expect(told([gone, '1', gone], { current: image('1') })).toBeUndefined();
  });

  it('that is set back in the working tree was, by nobody yet', () => {
    expect(told(['1', '2'], { current: image('1') })).toBe('2 -> 1 by undefined');
  });

  it.each<{ name: string; steps: readonly string[]; found: string | undefined }>([
    { name: 'went back to what it had before', steps: ['a', 'b', 'a'], found: 'b -> a by Author 3' },
    { name: 'had that before other versions', steps: ['a', 'c', 'b', 'a'], found: 'b -> a by Author 4' },
    { name: 'never had this version', steps: ['c', 'b', 'a'], found: undefined },
  ])('whose tags have no order was set back only if it $name', ({ steps, found }) => {
    expect(told(steps, { orderOf: () => 'unknown' })).toBe(found);
  });

  it.each<{ name: string; steps: readonly string[]; found: string | undefined }>([
    { name: 'an older digest of its tag', steps: ['main@a', 'main@b', 'main@a'], found: 'main -> main by Author 3' },
    { name: 'a digest alone that it had', steps: ['@a', '@b', '@a'], found: 'b -> a by Author 3' },
    { name: 'a digest that is new', steps: ['main@b', 'main@a'], found: undefined },
  ])('with $name: $steps', ({ steps, found }) => {
    expect(told(steps, { orderOf: () => 'unknown' })).toBe(found);
  });
});

describe('a set-back', () => {
  it('is none that automation made: its commits name the image', () => {
    const trailer = `Auto-release\n\nImage: example.org/api:main@${digest('a')}`;
    const made = (message: string) =>
      told(['main@a', 'main@b', { image: 'main@a', message }], { orderOf: () => 'unknown' });
    expect(made(trailer)).toBeUndefined();
    expect(made(`${trailer}\nRequested-by: Ann`)).toBe('main -> main by Ann');
    expect(made('Image: example.org/other:main')).toBe('main -> main by Author 3');
    expect(made(`Image: example.org/api:main@${digest('b')}`)).toBe('main -> main by Author 3');
  });

  it('is settled by a commit that lifts it, and by nothing else that looks like it', () => {
    const since = (message: string) => told(['2', '1', { image: 'unchanged', message }]);
    expect(since(`Taken off hold: ${ID}\n\n${unholdTrailer(ID, 'app')}`)).toBeUndefined();
    expect(since(`Squashed (#1)\r\n\r\n${unholdTrailer(ID, 'app')}\r\nRequested-by: Ann`)).toBeUndefined();
    expect(since(unholdTrailer(ID, 'side'))).toBe('2 -> 1 by Author 2');
    expect(since(unholdTrailer('prod:deployment/other', 'app'))).toBe('2 -> 1 by Author 2');
    expect(since(holdTrailer(ID, 'app'))).toBe('2 -> 1 by Author 2');
    expect(since(`Revert "x"\n\nIt said ${unholdTrailer(ID, 'app')}`)).toBe('2 -> 1 by Author 2');
  });

  it('counts again after it was lifted once', () => {
    const lifted = { image: '1', message: unholdTrailer(ID, 'app') };
    expect(told(['2', '1', lifted, '2', '1'])).toBe('2 -> 1 by Author 5');
  });

  it.each<{ name: string; kept: Partial<WorkloadPolicies> }>([
    { name: 'a hold', kept: hold('until 2026-01-05 why') },
    { name: 'a lock', kept: { locked: true } },
    { name: 'ignore', kept: { ignore: 'true' } },
    { name: 'automated: "false"', kept: { automated: false } },
    { name: 'no automation', kept: { automated: undefined } },
  ])('is settled once $name that came with it or after it is taken away', ({ kept }) => {
    expect(told(['2', { image: image('1', kept) }, '1'])).toBeUndefined();
    expect(told(['2', '1', { image: image('1', kept) }, '1'])).toBeUndefined();
    // What was before the set-back says nothing about it.
    expect(told([{ image: image('2', kept) }, '1'])).toBe('2 -> 1 by Author 2');
  });

  it('that brings back a hold that is over is none the less a set-back', () => {
    const over = { image: image('1', hold('until 2025-12-31 why')) };
    expect(told(['1', '2', over], { current: over.image })).toBe('2 -> 1 by Author 3');
  });

  it('of an image that a rule automates is settled by no annotation that says nothing', () => {
    const ruled = (tag: string) => ({ image: image(tag, { automated: undefined }) });
    expect(told([ruled('2'), ruled('1')])).toBe('2 -> 1 by Author 2');
  });
});

describe('the order of tags', () => {
  const built = (tag: string, day: number | undefined): TagFacts => ({
    tag,
    createdMs: day === undefined ? undefined : START + day * DAY,
  });
  const MAIN = [built('main-a', 1), built('main-b', 2), built('main-c', undefined)];
  it.each<SelectCase & { past: string; order: Order }>([
    { policy: 'semver:^1', current: '1.0.0', tags: ['1.0.0', '1.1.0'], past: '1.1.0', order: 'newer' },
    { policy: 'semver:^1', current: '1.0.0', tags: ['1.0.0'], past: '1.1.0', order: 'newer' },
    { policy: 'semver:^1', current: '1.0.0', tags: ['1.0.0'], past: '0.9.0', order: 'not newer' },
    { policy: 'semver:^1', current: '1.0.0', tags: ['1.0.0', '2.0.0'], past: '2.0.0', order: 'not newer' },
    { policy: 'semver:^1', current: '1.0.0', tags: ['1.0.0', 'v1.0.0'], past: 'v1.0.0', order: 'not newer' },
    { policy: 'semver:^1', current: 'latest', tags: ['latest', '1.0.0'], past: '1.0.0', order: 'newer' },
    {
      policy: 'semver:^1',
      current: '1.0.0',
      tags: ['1.1.0'],
      gates: { deny: ['1.1.*'] },
      past: '1.1.0',
      order: 'not newer',
    },
    { policy: 'semver:^1', current: '1.0.0', tags: ['1.1.0'], exclude: ['^1\\.1'], past: '1.1.0', order: 'not newer' },
    { policy: 'alphabetical:desc', current: 'b', tags: ['a', 'b'], past: 'a', order: 'newer' },
    { policy: 'auto', current: '1.0-alpine', tags: ['1.1-alpine'], past: '1.1-alpine', order: 'newer' },
    { policy: 'auto', current: '1.0-alpine', tags: ['1.1'], past: '1.1', order: 'not newer' },
    { policy: 'glob:main-*', current: 'main-a', tags: MAIN, past: 'main-b', order: 'newer' },
    { policy: 'glob:main-*', current: 'main-b', tags: MAIN, past: 'main-a', order: 'not newer' },
    { policy: 'glob:main-*', current: 'main-a', tags: MAIN, past: 'main-c', order: 'unknown' },
    { policy: 'glob:main-*', current: 'main-a', tags: MAIN, past: 'main-gone', order: 'unknown' },
    { policy: 'glob:main-*', current: 'main-c', tags: MAIN, past: 'main-b', order: 'unknown' },
    { policy: 'glob:*', current: 'main-a', tags: MAIN, past: 'latest', order: 'not newer' },
    { policy: 'digest', current: 'main', tags: ['main'], past: 'other', order: 'unknown' },
    { policy: { kind: 'regexp', pattern: '(' }, current: 'a', tags: ['a'], past: 'b', order: 'unknown' },
  ])('$past is $order by $policy over $current', ({ past, order, ...given }) => {
    const input = inputOf(given);
    for (let seed = 1; seed <= 12; seed += 1) {
      const tags = shuffled(input.listing.tags, seed);
      expect(orderOf(past, { ...input, listing: { ...input.listing, tags } })).toBe(order);
    }
  });
});

const policies = fc.constantFrom('semver:*', 'glob:*', 'numerical', 'alphabetical', 'alphabetical:desc', 'auto');
const tag = fc.nat({ max: 6 }).map(String);
const step = fc.oneof({ weight: 4, arbitrary: tag }, { weight: 1, arbitrary: fc.constant(undefined) });

describe('whatever the past', () => {
  it('an image is set back only to where it would go on from, and the order of the listing does not show', () => {
    fc.assert(
      fc.property(policies, fc.array(step, { minLength: 1, maxLength: 8 }), fc.nat(), (policy, versions, seed) => {
        const steps = versions.map((version) => ({ image: version === undefined ? undefined : image(version) }));
        const past = pastOf(steps);
        const current = past.find((commit) => commit.image !== undefined)?.image;
        fc.pre(typeof current === 'object');
        const tags = Array.from({ length: 6 }, (_, index) => ({ tag: String(index), createdMs: START + index * DAY }));
        const input = inputOf({ policy, current: current.tag ?? '', tags });
        const ask = (listed: readonly TagFacts[]) =>
          findSetBack({
            current,
            id: ID,
            past,
            orderOf: (other) => orderOf(other, { ...input, listing: { tags: listed, complete: true } }),
          });
        const found = ask(tags);
        expect(ask(shuffled(tags, seed))).toEqual(found);
        if (found === undefined) return;
        expect(found.to).toEqual({ tag: current.tag, digest: current.digest });
        const seen = versions.filter((version) => version !== undefined);
        const before = seen.lastIndexOf(found.from.tag ?? '');
        expect(seen.slice(before + 1).every((version) => version === current.tag)).toBe(true);
        const moves = selectTag({ ...input, listing: { tags, complete: true } }).kind === 'update';
        // Where the tag is gone from the listing, names alone may order it.
        expect(moves || found.from.tag === '6' || seen.slice(0, before).includes(current.tag ?? '')).toBe(true);
      }),
    );
  });

  it('an image that never goes down is never set back', () => {
    fc.assert(
      fc.property(fc.array(tag, { minLength: 1, maxLength: 10 }), (versions) => {
        const upward = versions.toSorted((a, b) => Number(a) - Number(b));
        expect(told(upward)).toBeUndefined();
      }),
    );
  });
});
