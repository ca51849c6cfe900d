/** Reads what a TypeScript source imports, without a parser of the language: comments and literals are set aside first. */

export interface Import {
  readonly specifier: string;
  /** `type`: erased before the code runs. `lazy`: loaded by `import()` when that line runs. */
  readonly kind: 'type' | 'value' | 'lazy';
}

export interface Scan {
  readonly imports: readonly Import[];
  /** The source without comments; every string is `"n"`, the text of templates and regular expressions is blank. */
  readonly code: string;
}

/** The imports of `source` in the order of its text. Throws on `import()` of anything but a plain string. */
export function scanSource(source: string): Scan {
  const { code, strings } = setLiteralsAside(source);
  const found: { at: number; import: Import }[] = [];
  const text = (index: string | undefined) => strings[Number(index)] ?? '';
  for (const match of code.matchAll(
    /\b(?:import|export)\b(\s+type\b(?!\s*(?:,|from\b)))?[\w\s{},*$]*?\bfrom\s*"(\d+)"/g,
  )) {
    found.push({ at: match.index, import: { specifier: text(match[2]), kind: match[1] ? 'type' : 'value' } });
  }
  for (const match of code.matchAll(/\bimport\s*"(\d+)"/g)) {
    found.push({ at: match.index, import: { specifier: text(match[1]), kind: 'value' } });
  }
  for (const match of code.matchAll(/\bimport\s*\(\s*(?:"(\d+)"\s*[,)])?/g)) {
    if (match[1] === undefined) throw new Error('import() of something else than a plain string');
    found.push({ at: match.index, import: { specifier: text(match[1]), kind: 'lazy' } });
  }
  return { code, imports: found.sort((a, b) => a.at - b.at).map((entry) => entry.import) };
}

/** A slash after one of these begins a regular expression; after anything else it divides. */
const BEFORE_REGEXP =
  /(?:^|[(,=:[!&|?{};+\-*%<>~^]|=>|\b(?:return|typeof|case|in|of|do|else|void|delete|await|yield))$/;

function setLiteralsAside(source: string): { code: string; strings: readonly string[] } {
  const strings: string[] = [];
  // For each open `${` of a template: how many braces have been opened inside it.
  const templates: number[] = [];
  let code = '';
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match === null) return undefined;
    at += match[0].length;
    return match[0];
  };
  const templateText = () => {
    const part = take(/(?:\\[\s\S]|\$(?!\{)|[^\\`$])*(?:`|\$\{)/y);
    if (part === undefined) throw new Error('a template without an end');
    if (part.endsWith('${')) templates.push(0);
    code += ' ';
  };
  while (at < source.length) {
    if (take(/\/\/[^\n]*|\/\*[\s\S]*?\*\//y) !== undefined) {
      code += ' ';
      continue;
    }
    const string = take(/'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"/y);
    if (string !== undefined) {
      code += `"${strings.push(string.slice(1, -1)) - 1}"`;
      continue;
    }
    const character = source[at] ?? '';
    if (character === '/' && BEFORE_REGEXP.test(code.trimEnd())) {
      if (take(/\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/\w*/y) === undefined) throw new Error('a lone slash');
      code += ' 0 ';
      continue;
    }
    at++;
    if (character === '`') {
      templateText();
      continue;
    }
    const depth = templates.at(-1);
    if (depth !== undefined && character === '}' && depth === 0) {
      templates.pop();
      templateText();
      continue;
    }
    if (depth !== undefined && character === '{') templates[templates.length - 1] = depth + 1;
    if (depth !== undefined && character === '}') templates[templates.length - 1] = depth - 1;
    code += character;
  }
  return { code, strings };
}
