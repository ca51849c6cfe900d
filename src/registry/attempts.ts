/** Sends something again after trouble, as long as the patience with the registry lasts. */
import type { Clock } from '../base/clock.ts';
import { TowpathError } from '../base/errors.ts';
import type { HttpAnswer, HttpErrorCode } from '../base/http.ts';
import { backoffMs, retryAfterMs } from '../base/retry.ts';
import { type Asked, statusError } from './answer.ts';
import { type RegistryError, type RegistryErrorCode, registryError } from './errors.ts';
import type { Limits } from './limits.ts';
import type { Patience } from './patience.ts';

export interface Tools {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly patience: Patience;
}

interface Answered {
  readonly kind: 'answered';
  readonly answer: HttpAnswer;
}

interface Trouble {
  readonly kind: 'trouble';
  readonly error: RegistryError;
  /** What the answer asked for. */
  readonly waitMs?: number | undefined;
  /** Asking again would end the same way. */
  readonly final?: boolean;
  /** How long it took. */
  readonly spentMs: number;
}

export type Attempt = Answered | Trouble;

/** The first answer that is not trouble. Throws the last trouble's error, or the signal's reason. */
export async function keepTrying(
  { limits, patience }: Pick<Tools, 'limits' | 'patience'>,
  request: {
    readonly about: string | undefined;
    /** Sends it once, in no more than `leftMs`. */
    readonly attemptOnce: (leftMs: number) => Promise<Attempt>;
  },
  signal?: AbortSignal,
): Promise<HttpAnswer> {
  let spentMs = 0;
  for (let count = 1; ; count++) {
    const leftMs = Math.max(limits.leastMs, limits.troubleMs - spentMs);
    const result = await request.attemptOnce(leftMs);
    if (result.kind === 'answered') return result.answer;
    const { error } = result;
    const waitMs = result.waitMs ?? backoffMs(count, limits.firstPauseMs);
    spentMs += result.spentMs + waitMs;
    if (waitMs > limits.retryAfterMs) throw patience.giveUp(error);
    if (result.final || count >= limits.attempts || spentMs >= limits.troubleMs) throw error;
    await patience.pause(waitMs, { about: request.about, error }, signal);
  }
}

/**
 * Runs one exchange and says what came of it: 429, 5xx and failures of the connection are trouble, anything else is an answer. The
 * patience with the registry is told. Throws where that ends, and what is neither.
 */
export async function attempt(
  { clock, patience }: Pick<Tools, 'clock' | 'patience'>,
  asked: Asked,
  work: () => Promise<HttpAnswer>,
): Promise<Attempt> {
  const start = patience.begin();
  let result: Omit<Trouble, 'spentMs'> | Answered;
  try {
    result = classify(await work(), asked, clock.now());
  } catch (error) {
    result = troubleOf(error, asked);
  }
  if (result.kind === 'answered') {
    patience.good();
    return result;
  }
  patience.bad(start, { about: asked.about, error: result.error });
  return { ...result, spentMs: clock.now() - start.atMs };
}

function classify(answer: HttpAnswer, asked: Asked, nowMs: number): Omit<Trouble, 'spentMs'> | Answered {
  if (answer.status !== 429 && answer.status < 500) return { kind: 'answered', answer };
  const waitMs = retryAfterMs(answer.headers.get('retry-after'), nowMs);
  return { kind: 'trouble', error: statusError(answer, asked, waitMs), waitMs };
}

const CODES: Readonly<Record<HttpErrorCode, RegistryErrorCode>> = {
  HTTP_UNREACHABLE: 'REGISTRY_UNREACHABLE',
  HTTP_BROKEN: 'REGISTRY_UNREACHABLE',
  HTTP_TIMEOUT: 'REGISTRY_TIMEOUT',
  HTTP_TOO_LARGE: 'REGISTRY_ANSWER_TOO_LARGE',
};

/** An exchange that failed, as trouble; anything else that was thrown is thrown on. */
function troubleOf(error: unknown, asked: Asked): Omit<Trouble, 'spentMs'> {
  if (!(error instanceof TowpathError) || !Object.hasOwn(CODES, error.code)) throw error;
  const code = CODES[error.code as HttpErrorCode];
  return {
    kind: 'trouble',
    error: registryError(code, `${asked.who} ${error.message} (${asked.what})`, {
      subject: asked.registry,
      cause: error,
    }),
    final: code === 'REGISTRY_ANSWER_TOO_LARGE',
  };
}
