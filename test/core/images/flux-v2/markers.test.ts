import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mentionsMarkers, readMarkers } from '../../../../src/core/images/flux-v2/read-markers.ts';
import { readTrees } from '../../../../src/core/manifests/read-trees.ts';
import { readSourceText } from '../../../../src/core/manifests/source-text.ts';

/** `policy part "text"` for each marker, `line:col message` for each problem. */
function read(text: string): string[] {
  const source = readSourceText({ path: 'file.yaml', bytes: Buffer.from(text) });
  if (!source.ok) throw new Error(source.problem.message);
  const composed = readTrees(source.source);
  if (!composed.ok) throw new Error(composed.problem.message);
  const { markers, problems } = readMarkers(source.source, composed.trees);
  return [
    ...markers.map(({ policy, part, value }) => `${policy} ${part} ${JSON.stringify(value.node.text)}`),
    ...problems.map(
      ({ position, message }) =>
        `${position?.line}:${position?.col} ${message.replace('image policy marker does not count: ', '')}`,
    ),
  ];
}

const MARK = '# {"$imagepolicy": "ns:p"}';
const NO_VALUE = 'the comment stands behind no value that could be set';
const NO_JSON = 'the comment is not one JSON object with text values and nothing beside it';

describe('a marker', () => {
  it.each([
    { where: 'behind a plain value', text: `image: a:v1 ${MARK}`, found: ['ns/p image "a:v1"'] },
    { where: 'far behind a value', text: `image: a:v1 \t  ${MARK}`, found: ['ns/p image "a:v1"'] },
    { where: 'behind a quoted value', text: `image: 'a''b' ${MARK}`, found: [`ns/p image "a'b"`] },
    { where: 'behind a value over two lines', text: `image: "a\n  b" ${MARK}`, found: ['ns/p image "a b"'] },
    { where: 'behind a number', text: 'tag: 1.10 # {"$imagepolicy": "ns:p:tag"}', found: ['ns/p tag "1.10"'] },
    { where: 'behind no value', text: `tag: ${MARK}\nb: 1`, found: ['ns/p image ""'] },
    { where: 'behind no value, with an anchor elsewhere', text: `a: &x 1\ntag: ${MARK}`, found: ['ns/p image ""'] },
    { where: 'behind an item', text: `- a:v1 ${MARK}`, found: ['ns/p image "a:v1"'] },
    { where: 'above an item', text: `- a\n${MARK}\n- a:v1`, found: ['ns/p image "a:v1"'] },
    { where: 'above the first item, indented', text: `l:\n  ${MARK}\n  - "a:v1"`, found: ['ns/p image "a:v1"'] },
    { where: 'above an item with an anchor and a tag', text: `${MARK}\n- !!str &a a:v1`, found: ['ns/p image "a:v1"'] },
    { where: 'behind a value with an anchor', text: `image: &a a:v1 ${MARK}`, found: ['ns/p image "a:v1"'] },
    {
      where: 'behind the comma of a flow mapping',
      text: `{\n "a": "b", ${MARK}\n "c": "d" ${MARK}\n}`,
      found: ['ns/p image "b"', 'ns/p image "d"'],
    },
    { where: 'with more than one #', text: 'a: b ##  {"$imagepolicy":"ns:p:name"}  ', found: ['ns/p name "b"'] },
    { where: 'with other keys', text: 'a: b # {"x": "y", "$imagepolicy": "ns:p"}', found: ['ns/p image "b"'] },
    { where: 'at the end of a line with CRLF', text: `a: b ${MARK}\r\nc: d\r\n`, found: ['ns/p image "b"'] },
    { where: 'behind a byte order mark', text: `\uFEFF${MARK}\n- b`, found: ['ns/p image "b"'] },
    { where: 'in the second document', text: `a: b\n---\nc: d ${MARK}\n`, found: ['ns/p image "d"'] },
    { where: 'behind a document that is one value', text: `a ${MARK}`, found: ['ns/p image "a"'] },
    {
      where: 'with dots and dashes in its names',
      text: 'a: b # {"$imagepolicy": "n-s:p.1:digest"}',
      found: ['n-s/p.1 digest "b"'],
    },
  ])('counts $where', ({ text, found }) => expect(read(text)).toEqual(found));

  it.each([
    { where: 'behind a key', text: `a: ${MARK}\n  b: c`, found: [`1:4 ${NO_VALUE}`] },
    { where: 'behind an alias', text: `a: &x b\nc: *x ${MARK}`, found: [`2:7 ${NO_VALUE}`] },
    { where: 'behind a flow mapping', text: `a: {b: c} ${MARK}`, found: [`1:11 ${NO_VALUE}`] },
    { where: 'behind a flow list', text: `a: [b] ${MARK}`, found: [`1:8 ${NO_VALUE}`] },
    {
      where: 'behind the head of a block scalar',
      text: `a: |- ${MARK}\n  b ${MARK}\nc: d`,
      found: [`1:7 ${NO_VALUE}`],
    },
    { where: 'below a block scalar', text: `a: |\n  b\n${MARK}\nc: d`, found: [`3:1 ${NO_VALUE}`] },
    { where: 'above a key', text: `${MARK}\na: b`, found: [`1:1 ${NO_VALUE}`] },
    { where: 'above a mapping in a list', text: `${MARK}\n- a: b`, found: [`1:1 ${NO_VALUE}`] },
    { where: 'above a blank line', text: `${MARK}\n\n- a`, found: [`1:1 ${NO_VALUE}`] },
    { where: 'at the end', text: `a: b\n${MARK}`, found: [`2:1 ${NO_VALUE}`] },
    {
      where: 'above an item with another comment',
      text: `${MARK}\n- a # b`,
      found: ['1:1 the item has a comment behind its value, which counts instead'],
    },
    {
      where: 'below another comment',
      text: `# b\n${MARK}\n- a`,
      found: ['2:1 above an item, the comment must be alone'],
    },
    { where: 'with text behind it', text: `a: b ${MARK} c`, found: [`1:6 ${NO_JSON}`] },
    { where: 'with text before it', text: `a: b # c ${MARK.slice(2)}`, found: [`1:6 ${NO_JSON}`] },
    { where: 'that is no JSON', text: "a: b # {'$imagepolicy': 'ns:p'}", found: [`1:6 ${NO_JSON}`] },
    { where: 'whose value is no text', text: 'a: b # {"$imagepolicy": ["ns:p"]}', found: [`1:6 ${NO_JSON}`] },
    { where: 'with a number beside it', text: 'a: b # {"$imagepolicy": "ns:p", "x": 1}', found: [`1:6 ${NO_JSON}`] },
    { where: 'without braces', text: 'a: b # $imagepolicy ns:p', found: [`1:6 ${NO_JSON}`] },
    {
      where: 'with the key in a value',
      text: 'a: b # {"x": "$imagepolicy"}',
      found: ['1:6 the comment names no policy in $imagepolicy'],
    },
    {
      where: 'with an unknown part',
      text: 'a: b # {"$imagepolicy": "ns:p:Tag "}',
      found: ["1:6 'Tag ' is no part of an image"],
    },
    { where: 'with an empty part', text: 'a: b # {"$imagepolicy": "ns:p:"}', found: ["1:6 '' is no part of an image"] },
    {
      where: 'without a namespace',
      text: 'a: b # {"$imagepolicy": "p"}',
      found: ["1:6 'p' is not the namespace and the name of a policy"],
    },
    {
      where: 'with a slash',
      text: 'a: b # {"$imagepolicy": "ns/p"}',
      found: ["1:6 'ns/p' is not the namespace and the name of a policy"],
    },
    {
      where: 'with too many parts',
      text: 'a: b # {"$imagepolicy": "a:b:tag:c"}',
      found: ["1:6 'a:b:tag:c' is not the namespace and the name of a policy"],
    },
  ])('is a warning $where', ({ text, found }) => expect(read(text)).toEqual(found));

  it.each([
    { what: 'prose', text: '# see $imagepolicy and {"$imagepolicy": "ns:p"}\na: b' },
    { what: 'a line that is commented out', text: `l:\n# - a:v1 ${MARK}\n- b` },
    { what: 'the text of a block scalar', text: `a: |\n  b: c ${MARK}\n` },
    { what: 'prose behind the head of a block scalar', text: 'a: | # no $imagepolicy here\n  b\n' },
    { what: 'the text of a quoted value', text: `a: "b ${MARK.replaceAll('"', '\\"')}"` },
    { what: 'a value', text: 'a: $imagepolicy # b' },
    { what: 'a key', text: '$imagepolicy: b' },
    { what: 'the name of an anchor', text: 'a: &$imagepolicy b' },
  ])('is not seen in $what', ({ text }) => expect(read(text)).toEqual([]));

  it('is looked for only in files that mention it', () => {
    expect(mentionsMarkers(Buffer.from(`a: b ${MARK}`))).toBe(true);
    expect(mentionsMarkers(Buffer.from('a: b # {"imagepolicy": "ns:p"}'))).toBe(false);
  });

  it.each([
    { what: 'markers', text: `a: b ${MARK}\n`.repeat(60_000), found: 60_000 },
    { what: 'comments that are none', text: `${MARK}\n`.repeat(60_000).concat('a: b\n'), found: 60_000 },
    { what: 'names of anchors on one line', text: `[${'&$imagepolicy a, '.repeat(50_000)}a]`, found: 0 },
    { what: 'mentions in one value', text: `a: "${'$imagepolicy '.repeat(200_000)}"`, found: 0 },
    { what: 'mentions in one block scalar', text: `a: |\n${'  # $imagepolicy\n'.repeat(100_000)}`, found: 0 },
    { what: 'mentions in one tag', text: `a: !<${'$imagepolicy'.repeat(100_000)}> b`, found: 0 },
    { what: 'mentions in one comment', text: `a: b # ${'$imagepolicy '.repeat(200_000)}`, found: 1 },
  ])('costs time in proportion to the file: many $what', { timeout: 20_000 }, ({ text, found }) => {
    expect(read(text)).toHaveLength(found);
  });

  it('belongs to the value that it was put behind', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9.:/-]{0,12}[a-z0-9]$/);
    const line = fc.record({
      value: word,
      quote: fc.constantFrom('', "'", '"'),
      marked: fc.boolean(),
      gap: fc.constantFrom(' ', '  ', '\t'),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines
          .map(
            ({ value, quote, marked, gap }, index) =>
              `k${index}: ${quote}${value}${quote}${marked ? `${gap}${MARK}` : ''}`,
          )
          .join(end);
        const wanted = lines.filter(({ marked }) => marked).map(({ value }) => `ns/p image ${JSON.stringify(value)}`);
        expect(read(text)).toEqual(wanted);
      }),
    );
  });
});
