/** What a server or a command said, as a clause of a message. */
import { oneLine as flatten } from '../base/printable.ts';

const MAX_LENGTH = 400;

/** `text` on one line, printable, without a final period, at most 400 characters. */
export function oneLine(text: string): string {
  return flatten(text, { longest: MAX_LENGTH }).replace(/\.$/, '');
}
