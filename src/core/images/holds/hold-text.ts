/** What the annotation `towpath/hold.<container>` says: how long the image is on hold, and why. */
import { oneLine } from '../../../base/printable.ts';
import type { ImageUse } from '../locate/image-use.ts';

export interface Hold {
  /** The last day of the hold, `YYYY-MM-DD` in UTC; undefined: until somebody lifts it. */
  readonly until: string | undefined;
  /** One printable line; may be empty. */
  readonly reason: string;
}

export interface HoldRequest {
  readonly until: string | undefined;
  readonly message: string | undefined;
  /** The person who asks. */
  readonly user: string | undefined;
}

/** An annotation may be long, a row of a report may not. */
const LONGEST_REASON = 200;
const SHORT = { longest: LONGEST_REASON };
/** The name of an annotation, behind its prefix, has 63 characters at most. */
const LONGEST_CONTAINER = 63 - 'hold.'.length;

const UNTIL = /^until (\d{4}-\d\d-\d\d)(?=$|[\s:;,])[\s:;,]*/;

/** The hold in an annotation's value; undefined where it is empty or `false`. A date that is none belongs to the reason. */
export function parseHold(text: string): Hold | undefined {
  const words = text.trim();
  if (words === '' || words === 'false') return undefined;
  const match = UNTIL.exec(words);
  const until = match?.[1];
  if (match === null || until === undefined || !isDay(until))
    return { until: undefined, reason: oneLine(words, SHORT) };
  return { until, reason: oneLine(words.slice(match[0].length), SHORT) };
}

/** The hold that an annotation says of the image, if it is not over; undefined where nothing holds it. */
export function holdOf(
  { container, policies }: Pick<ImageUse, 'container' | 'policies'>,
  nowMs: number,
): Hold | undefined {
  const hold = parseHold(policies.holds.get(container)?.value ?? '');
  return hold === undefined || isOver(hold, nowMs) ? undefined : hold;
}

/** The annotation's value for what a person asks: `until <day> <message> (<person>)`, never empty. */
export function renderHold({ until, message, user }: HoldRequest): string {
  const why = oneLine(message ?? '', SHORT);
  const who = oneLine(user ?? '', SHORT);
  const reason = why === '' ? (who === '' ? 'by hand' : `asked by ${who}`) : who === '' ? why : `${why} (${who})`;
  return until === undefined ? reason : `until ${until} ${reason}`;
}

/** Whether the hold's last day has passed at this time. */
export function isOver({ until }: Hold, nowMs: number): boolean {
  return until !== undefined && new Date(nowMs).toISOString().slice(0, 10) > until;
}

/** `on hold until 2026-12-01: why`, for a row. */
export function holdSentence({ until, reason }: Hold): string {
  const words = until === undefined ? 'on hold' : `on hold until ${until}`;
  return reason === '' ? words : `${words}: ${reason}`;
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/**
 * Whether an annotation can name this container: `hold.<container>` has to be a name that the API server takes.
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
 */
export function canBeHeld(container: string): boolean {
  return container.length <= LONGEST_CONTAINER && /^[A-Za-z0-9._-]*[A-Za-z0-9]$/.test(container);
}
