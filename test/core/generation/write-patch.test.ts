import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatches } from '../../../src/core/generation/apply-patches.ts';
import { emitYaml } from '../../../src/core/generation/emit-yaml.ts';
import { type GeneratedDocument, writeDocument } from '../../../src/core/generation/generated-document.ts';
import { writePatch } from '../../../src/core/generation/write-patch.ts';
import type { JsonObject } from '../../../src/core/sync/desired-object.ts';
import { deepEqual } from '../../../src/core/sync/json.ts';
import { documents, patchFile } from './streams.ts';

const STREAM = `apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: prod}
spec:
  template:
    spec:
      containers:
      - {name: api, image: "api:1"}
      - {name: proxy, image: "proxy:1"}
---
apiVersion: helm.fluxcd.io/v1
kind: HelmRelease
metadata: {name: shop, namespace: prod}
spec:
  values:
    image: {repository: shop, tag: "1"}
    sidecars:
    - {name: a, tag: "1"}
    - {name: b, tag: "1"}
`;

/** The patch file after replacing texts of the patched objects. */
function update(file: string, replacements: Readonly<Record<string, string>>, stream = STREAM) {
  const generated = documents(stream);
  const applied = applyPatches(generated, patchFile(file));
  if (!applied.ok) throw new Error(applied.problems.map(({ message }) => message).join('\n'));
  const wanted = applied.documents.map((document) => {
    let text = Buffer.from(document.file.bytes).toString();
    for (const [from, to] of Object.entries(replacements)) text = text.replace(from, to);
    return documents(text)[0] ?? document;
  });
  const result = writePatch({ generated, patched: applied.documents, wanted, patchFile: patchFile(file) });
  return result.kind === 'written' ? Buffer.from(result.bytes).toString() : result;
}

const API = `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: prod
spec:
  template:
    spec:
      $setElementOrder/containers:
      - name: api
      - name: proxy
      containers:
      - image: api:2
        name: api
`;
const SHOP = `---
apiVersion: helm.fluxcd.io/v1
kind: HelmRelease
metadata:
  name: shop
  namespace: prod
spec:
  values:
    image:
      tag: "2"
`;

describe('a patch file', () => {
  it('is as it was where nothing changes', () => {
    expect(update(API, {})).toEqual({ kind: 'unchanged' });
  });

  it('gets its first entries', () => {
    expect(update('', { 'api:1': 'api:2', 'tag: "1"': 'tag: "2"' })).toBe(API + SHOP);
  });

  it('that Flux wrote is written anew: what does not hold any more goes', () => {
    // A container of then is not generated any more.
    const old = API.replace('      - name: proxy\n', '      - name: gone\n      - name: proxy\n');
    expect(old).not.toBe(API);
    expect(update(old + SHOP, { 'tag: "2"': 'tag: "3"' })).toBe(API + SHOP.replace('"2"', '"3"'));
    expect(update(API + SHOP, { 'tag: "2"': 'tag: "1"' })).toBe(API);
    expect(update(API + SHOP, { 'tag: "2"': 'tag: "1"', 'api:2': 'api:1' })).toBe('');
  });

  it('keeps comments, quotes and layout when a value changes', () => {
    const written = `# why\n${API.replace('api:2', "'api:2' # for now")}# end\n${SHOP.replaceAll('  ', '    ')}`;
    expect(update(written, { 'api:2': 'api:3' })).toBe(written.replace('api:2', 'api:3'));
    expect(update(written, { 'tag: "2"': 'tag: "3"' })).toBe(written.replace('"2"', '"3"'));
  });

  it('keeps CRLF, its byte order mark and a missing line break at its end', () => {
    const written = `\ufeff# why\n${API}`.replaceAll('\n', '\r\n').replace(/\r\n$/, '');
    expect(update(written, { 'api:2': 'api:3' })).toBe(written.replace('api:2', 'api:3'));
    expect(update(written, { 'tag: "1"': 'tag: "2"' })).toBe(`${written}\r\n${SHOP.replaceAll('\n', '\r\n')}`);
  });

  it('keeps the comments above an entry that has to set more', () => {
    const written = `---\n# about the api\n\n${API.slice('---\n'.length).replace('api:2', 'api:2 # gone with the rest')}`;
    const now = update(written, { 'proxy:1': 'proxy:2' });
    const entry = API.replace(
      '- image: api:2\n        name: api\n',
      '- image: api:2\n        name: api\n      - image: proxy:2\n        name: proxy\n',
    );
    expect(now).toBe(`---\n# about the api\n\n${entry.slice('---\n'.length)}`);
  });

  it('loses an entry that changes nothing any more, and nothing else', () => {
    const written = `# why\n${API}${SHOP}`;
    expect(update(written, { 'api:2': 'api:1' })).toBe(`# why\n${SHOP}`);
  });

  it('without a marker in front gets new entries behind its first', () => {
    const written = `# why\n${SHOP.slice('---\n'.length)}`;
    expect(update(written, { 'api:1': 'api:2' })).toBe(written + API);
  });

  it('with several entries in a list is written as Flux would', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n${[API, SHOP].map((entry) => `- ${entry.slice(4).trimEnd().replaceAll('\n', '\n  ')}\n`).join('')}`;
    expect(update(list, { 'api:2': 'api:3' })).toBe(API.replace('api:2', 'api:3') + SHOP);
  });

  it('changes an item of a list that it gives whole', () => {
    const written = `# why\n${SHOP.replace('    image:\n      tag: "2"\n', '    sidecars:\n    - name: a\n      tag: "1"\n    - name: b # second\n      tag: "1"\n')}`;
    const now = update(written, { 'name: b\n      tag: "1"': 'name: b\n      tag: "9"' });
    expect(now).toBe(written.replace(/(second\n {6}tag: )"1"/, '$1"9"'));
  });

  it('is not believed where aliases would change with it', () => {
    const written = `# why\n${SHOP.replace('image:\n      tag: "2"', 'image: {tag: &t "2"}\n    other: *t')}`;
    const now = update(written, { 'tag: "2"': 'tag: "3"' });
    expect(now).toBe(SHOP.replace('image:\n      tag: "2"', 'image:\n      tag: "3"\n    other: "2"'));
  });

  it('is refused where no patch makes the change', () => {
    // A merge patch removes what is null, so that it can never set it.
    expect(update('', { '{repository: shop, tag: "1"}': '{repository: shop, tag: null}' })).toMatchObject({
      kind: 'refused',
      problem: { code: 'PATCH_REFUSED', position: { file: 'dev/flux-patch.yaml' } },
    });
  });

  it('is refused where it cannot be read', () => {
    const generated = documents(STREAM);
    const result = writePatch({ generated, patched: generated, wanted: generated, patchFile: patchFile('a: [') });
    expect(result).toMatchObject({ kind: 'refused', problem: { code: 'PATCH_REFUSED' } });
  });

  it.each([
    { name: 'a configuration', text: 'version: 1\nenvironments: {}\n', line: 1 },
    {
      name: 'a kustomization',
      text: '# mine\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n',
      line: 2,
    },
    { name: 'a note among patches', text: `${API}---\nnote\n`, line: 17 },
  ])('is none where it is $name', ({ text, line }) => {
    expect(applyPatches(documents(STREAM), patchFile(text))).toMatchObject({
      ok: false,
      problems: [{ code: 'PATCH_INVALID', position: { file: 'dev/flux-patch.yaml', line } }],
    });
  });

  it.each([{ text: '' }, { text: '# none yet\n' }, { text: `%YAML 1.2\n${API}---\n# done\n...\n` }])(
    'may have documents with nothing in them',
    ({ text }) => {
      expect(applyPatches(documents(STREAM), patchFile(text)).ok).toBe(true);
    },
  );
});

const TAG = fc.oneof(
  fc.constantFrom('1', '1.10', 'v2', 'yes', 'null', '2021-01-02', '0x10', 'master-abc'),
  fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/),
);
const NAMES = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 });

/** A Deployment or a HelmRelease with random tags, and one with the same containers and other tags. */
const PAIR: fc.Arbitrary<readonly [JsonObject, JsonObject]> = fc
  .record({
    kind: fc.constantFrom('Deployment', 'HelmRelease'),
    name: fc.constantFrom('x', 'y', 'z-10', 'z-9'),
    names: NAMES,
  })
  .chain(({ kind, name, names }) => {
    const tags = fc.tuple(...names.map(() => fc.tuple(TAG, TAG)));
    return tags.map((pairs): readonly [JsonObject, JsonObject] => {
      const make = (which: 0 | 1): JsonObject => {
        const images = names.map((container, index) => [container, pairs[index]?.[which] ?? ''] as const);
        const spec =
          kind === 'Deployment'
            ? {
                template: {
                  spec: { containers: images.map(([container, tag]) => ({ name: container, image: `img:${tag}` })) },
                },
              }
            : { values: Object.fromEntries(images.map(([container, tag]) => [container, { image: 'img', tag }])) };
        const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'helm.fluxcd.io/v1';
        return { apiVersion, kind, metadata: { name, namespace: 'prod' }, spec };
      };
      return [make(0), make(1)];
    });
  });

describe('any update of images', () => {
  const pairs = fc.uniqueArray(PAIR, {
    maxLength: 4,
    selector: ([object]) => `${object['kind']}${JSON.stringify(object['metadata'])}`,
  });

  function docs(objects: readonly JsonObject[]): GeneratedDocument[] {
    return objects.map((object, index) => writeDocument(`dev/.flux.yaml#${index + 1}`, object));
  }

  it('is what the patch file makes, and a second one changes nothing', () => {
    fc.assert(
      fc.property(pairs, fc.boolean(), (given, byHand) => {
        const generated = docs(given.map(([object]) => object));
        const wanted = docs(given.map(([, object]) => object));
        const start = patchFile(byHand ? '# kept by hand\n' : '');
        const first = writePatch({ generated, patched: generated, wanted, patchFile: start });
        if (first.kind !== 'written') {
          expect(first.kind).toBe('unchanged');
          expect(wanted.every(({ object }, index) => deepEqual(object, generated[index]?.object))).toBe(true);
          return;
        }
        const written = { path: start.path, bytes: first.bytes };
        const applied = applyPatches(generated, written);
        if (!applied.ok) throw new Error('it cannot be applied');
        expect(applied.documents.map(({ object }) => object)).toEqual(wanted.map(({ object }) => object));
        const second = writePatch({ generated, patched: applied.documents, wanted, patchFile: written });
        expect(second.kind).toBe('unchanged');
        const back = writePatch({ generated, patched: applied.documents, wanted: generated, patchFile: written });
        expect(back.kind === 'written' && Buffer.from(back.bytes).toString()).toBe(byHand ? '# kept by hand\n' : '');
      }),
    );
  });

  it('leaves every other line of a file with comments as it was', () => {
    fc.assert(
      fc.property(
        pairs,
        pairs.chain((list) => fc.constant(list.length)),
        (given, chosen) => {
          const generated = docs(given.map(([object]) => ({ ...object, base: true })));
          const patched = docs(given.map(([object]) => ({ ...object, base: true })));
          const entries = given.map(([object]) => `---\n# note on this one\n${emitYaml(object)}# end\n`);
          const file = patchFile(`# kept by hand\n${entries.join('')}`);
          const index = given.length === 0 ? -1 : chosen % given.length;
          const wanted = docs(given.map((pair, at) => ({ ...pair[at === index ? 1 : 0], base: true })));
          const result = writePatch({ generated, patched, wanted, patchFile: file });
          const untouched = entries.filter((_, at) => at !== index);
          if (result.kind === 'written') {
            const text = Buffer.from(result.bytes).toString();
            expect(text.startsWith('# kept by hand\n')).toBe(true);
            for (const entry of untouched) expect(text).toContain(entry);
          } else expect(result.kind).toBe('unchanged');
        },
      ),
    );
  });
});
