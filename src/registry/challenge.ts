/** Reads `WWW-Authenticate`. */

export interface Challenge {
  /** Lower-case: `bearer`, `basic`. */
  readonly scheme: string;
  /** By lower-case name. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]/;
const MAX_CHALLENGES = 16;

/**
 * The challenges of one header value, or of several joined by commas, in their order. Text that fits nowhere is passed over.
 * Source: https://www.rfc-editor.org/rfc/rfc9110#name-www-authenticate
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  const scan = createScanner(header);
  while (!scan.atEnd() && challenges.length < MAX_CHALLENGES) {
    scan.skip(' \t,');
    const word = scan.token();
    if (word === '') {
      scan.advance();
      continue;
    }
    scan.skip(' \t');
    // A word before `=` is a parameter of the challenge before it, any other word begins a challenge.
    const current = challenges.at(-1);
    if (scan.peek() !== '=' || current === undefined) {
      challenges.push({ scheme: word.toLowerCase(), parameters: new Map() });
      continue;
    }
    scan.advance();
    scan.skip(' \t');
    current.parameters.set(word.toLowerCase(), scan.peek() === '"' ? scan.quoted() : scan.token());
  }
  return challenges;
}

function createScanner(text: string) {
  let at = 0;
  const peek = () => text.charAt(at);
  return {
    atEnd: () => at >= text.length,
    peek,
    advance: () => {
      at++;
    },
    skip(characters: string): void {
      while (at < text.length && characters.includes(peek())) at++;
    },
    token(): string {
      const start = at;
      while (at < text.length && TOKEN.test(peek())) at++;
      return text.slice(start, at);
    },
    quoted(): string {
      let value = '';
      for (at++; at < text.length && peek() !== '"'; at++) {
        if (peek() === '\\') at++;
        value += peek();
      }
      at++;
      return value;
    },
  };
}
