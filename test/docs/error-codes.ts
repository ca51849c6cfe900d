/** Finds the codes of errors and problems in TypeScript sources, in every way that this project writes them. */

const WORD = "'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)'";
const SNAKE = "'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'";

/** `type XErrorCode = 'A' | 'B'`, with whatever stands between the members. */
const UNION = /\btype \w*ErrorCode\b[^=;]*=([^;]*);/g;

/** `code: 'A'`, `code: x ? 'A' : 'B'`, `const code: T = 'A'`; a comparison is none of these. */
const FIELD = /\bcode(?:\s*:\s*\w+(?=\s*=))?\s*[:=](?![=>])([^,;}\n]*)/g;

/** `new TowpathError<…>('A'`, and functions that take the code first: `registryError('A', …)`. */
const CALLS = [
  new RegExp(`\\bnew \\w*Error(?:<[^>]*>)?\\(\\s*${WORD}`, 'g'),
  new RegExp(`\\b\\w+\\(\\s*${SNAKE},`, 'g'),
];

/** `const A = 'A'`. */
const CONSTANT = /\bconst ([A-Z][A-Z0-9_]*) = '\1'/g;

/** The codes that `source` defines or uses, each once, sorted. */
export function errorCodesIn(source: string): string[] {
  const code = withoutComments(source);
  const codes = new Set<string>();
  for (const pattern of [UNION, FIELD]) {
    for (const [, part = ''] of code.matchAll(pattern)) for (const word of literalsIn(part, WORD)) codes.add(word);
  }
  for (const pattern of [...CALLS, CONSTANT]) for (const [, word = ''] of code.matchAll(pattern)) codes.add(word);
  return [...codes].sort();
}

/** Every string of `source` that could be a code: capitals, digits and at least one underscore. */
export function codeLikeIn(source: string): string[] {
  return [...new Set(literalsIn(withoutComments(source), SNAKE))].sort();
}

function literalsIn(text: string, pattern: string): string[] {
  return [...text.matchAll(new RegExp(pattern, 'g'))].map((match) => match[1] ?? '');
}

/** Comments that stand on lines of their own; what they quote is no code. */
function withoutComments(source: string): string {
  return source.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '');
}
