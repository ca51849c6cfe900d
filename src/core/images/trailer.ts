/** A line of the last paragraph of a commit message. */

/** `key: value` on one line that nothing turns around, whatever the value: nobody adds trailers of other names by a name of their own. */
export function trailer(key: string, value: string): string {
  return `${key}: ${value.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').trim()}`;
}
