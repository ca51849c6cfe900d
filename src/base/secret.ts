import { inspect } from 'node:util';

/** What stands where a secret would be printed. */
export const MASK = '***';

/** A value that cannot be printed by accident: every conversion to text gives `***`; only `reveal()` gives the value. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it where the value is handed to a protocol, never to build a message. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

/** Knows the secrets of one run and removes them from any text, as they are and as base64, addresses and JSON write them. */
export class Redactor {
  readonly #values = new Set<string>();

  /** Remembers `secret`. Values under 4 characters are not remembered: hiding them would hide ordinary text. */
  add(secret: Secret | string): void {
    const value = (typeof secret === 'string' ? secret : secret.reveal()).trim();
    if (value.length < 4) return;
    this.#values.add(value);
    const base64 = Buffer.from(value).toString('base64');
    this.#values.add(base64);
    this.#values.add(base64.replaceAll('=', ''));
    this.#values.add(Buffer.from(value).toString('base64url'));
    this.#values.add(encodeURIComponent(value.toWellFormed()));
    this.#values.add(JSON.stringify(value).slice(1, -1));
    for (const line of value.split(/\r?\n/)) if (line.trim().length >= 8) this.#values.add(line.trim());
  }

  /** `text` with every remembered value replaced by `***`; longer values first, so that none is left in part. */
  redact(text: string): string {
    let result = text;
    for (const value of [...this.#values].sort((a, b) => b.length - a.length)) {
      if (result.includes(value)) result = result.split(value).join(MASK);
    }
    return result;
  }
}
