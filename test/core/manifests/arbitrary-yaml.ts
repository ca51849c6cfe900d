/** Texts that are YAML, nearly YAML, or not at all: line by line, so that the pieces meet in every order. */
import fc from 'fast-check';

const words = [
  'a',
  'name',
  'app.kubernetes.io/name',
  'key with blanks',
  '"quoted"',
  "'it''s'",
  '-x',
  '1.10',
  '<<',
  'ü😀',
  'a#b',
];

const plainValues = [
  'b',
  'nginx:1.25',
  '1.10',
  '-1',
  '--flag',
  'a b  c',
  'http://h:80/x',
  'x#y',
  '{{ .a }}',
  'a: b',
  '~',
  'null',
  '- b',
  '-',
  ':x',
  '?y',
  '@at',
  '`t',
  '%p',
  '*alias',
  '&anchor v',
  '!!str 1',
  'a:',
  '...',
  '---',
  '=',
  'x,y',
  '[z',
  'é',
  '\u00a0',
  'a\tb',
  '\tb',
  '|x',
  '>',
  ',',
  ']',
  '#c',
];

const quotedValues = [
  '""',
  "''",
  '"x y"',
  '"a\\"b"',
  '"\\n\\t\\u0041"',
  '"\\x41"',
  "'a''b'",
  "'\"'",
  '"a: b # c"',
  '"open',
  "'open",
  '"a"b',
  '"a" b',
  '"a"#c',
  '"t\tab"',
];

const flowValues = [
  '{}',
  '[]',
  '{ }',
  '[ ]',
  '{a: b}',
  '{a: b, c: [1, "2"]}',
  '[a, b ,c]',
  '[a,b]',
  '[-1, ?x]',
  '{"a": \'b\'}',
  '{"a":1}',
  '{a}',
  '{a: }',
  '[a: b]',
  '[a, ]',
  '[,]',
  '[x:y]',
  '[x:]',
  '[a b, c # d]',
  '{a: {b: {c: []}}}',
  '[[[]]]',
  '[a',
  '{a: b',
  '{a: b}}',
  '{a: b} c',
  '[a]: b',
  '[-]',
  '[- a]',
  '[?]',
  '{? a: b}',
  '{:x: y}',
  '{-: b}',
  '[a#b]',
  '{{ .x }}',
  '[*a]',
];

const blockHeaders = ['|', '>', '|-', '>-', '|+', '>+', '|2', '>1-', '| # c', '|#c', '|-  ', '| x', '>-+'];

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...plainValues.slice(0, 9)) },
  { weight: 3, arbitrary: fc.constantFrom(...plainValues) },
  { weight: 3, arbitrary: fc.constantFrom(...quotedValues) },
  { weight: 3, arbitrary: fc.constantFrom(...flowValues) },
  { weight: 2, arbitrary: fc.constantFrom(...blockHeaders) },
  { weight: 2, arbitrary: fc.constant('') },
);

const comment = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom(' # c', '  #', '#c', ' ', '  ', '\t', ' \t# c') },
);

const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('a', 'b', 'name', 'image') },
  { weight: 3, arbitrary: fc.constantFrom(...words) },
);
const colon = fc.oneof(
  { weight: 12, arbitrary: fc.constant(': ') },
  { weight: 1, arbitrary: fc.constantFrom(':', ' : ', ':  ', ':\t') },
);
const entry = fc.tuple(key, colon, value, comment).map((parts) => parts.join(''));

const line = fc.oneof(
  { weight: 10, arbitrary: entry },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('- ', '-  ', '- - ', '-'), entry).map((parts) => parts.join('')) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom('- ', '-   ', '- - '), value, comment).map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '-',
      '- ',
      '# c',
      '#',
      '',
      '  ',
      'text',
      'more text',
      '? a',
      ': b',
      '"a": b',
      '}',
      ']',
      '- # c',
      '\t',
      '\ta: b',
      '{{- if }}',
    ),
  },
  { weight: 1, arbitrary: fc.tuple(value, comment).map((parts) => parts.join('')) },
);

/** Most lines stand where a line may stand: at, below or above the one before. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.constant(2) },
  { weight: 3, arbitrary: fc.constant(-2) },
  { weight: 1, arbitrary: fc.constantFrom(-8, -4, -1, 1, 3, 4) },
);

const placedLine = fc.oneof(
  { weight: 14, arbitrary: fc.tuple(step, line) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant(-100),
      fc.constantFrom('---', '--- # c', '...', '--- a', '---x', '%YAML 1.2', '--- |', '# c', ''),
    ),
  },
);

const lineBreak = fc.oneof({ weight: 5, arbitrary: fc.constant('\n') }, { weight: 1, arbitrary: fc.constant('\r\n') });

/** A text of up to `maxLines` lines. */
export function yamlText(maxLines = 12): fc.Arbitrary<string> {
  return fc
    .record({
      lines: fc.array(placedLine, { maxLength: maxLines }),
      lineBreak,
      start: fc.constantFrom('', '', '', '\uFEFF', '---\n', '# head\n', '  '),
      end: fc.constantFrom('', '', '\n', '\n\n', '  ', '\n  \n', '\r'),
    })
    .map(({ lines, lineBreak: nl, start, end }) => {
      let indent = 0;
      const placed = lines.map(([by, text]) => {
        indent = Math.max(0, Math.min(40, indent + by));
        return ' '.repeat(indent) + text;
      });
      return start + placed.join(nl) + end;
    });
}
