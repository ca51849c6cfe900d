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

export type Attempt =
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  | {
      readonly kind: 'trouble';
      readonly error: RegistryError;
      /** What the answer asked for. */
      readonly waitMs?: number | undefined;
      /** Asking again would end the same way. */
      readonly final?: boolean;
    };

/** The first answer that is not trouble. Throws the last trouble's error, or the signal's reason. */
export async function keepTrying(
  { limits, patience }: Pick<Tools, 'limits' | 'patience'>,
  attemptOnce: () => Promise<Attempt>,
  signal?: AbortSignal,
): Promise<HttpAnswer> {
  for (let attempt = 1; ; attempt++) {
    const result = await attemptOnce();
    if (result.kind === 'answered') return result.answer;
    const waitMs = result.waitMs ?? backoffMs(attempt, limits.firstPauseMs);
    if (waitMs > limits.retryAfterMs) throw patience.giveUp(result.error);
    if (result.final || attempt >= limits.attempts) throw result.error;
    await patience.pause(waitMs, result.error, signal);
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
  let result: Attempt;
  try {
    result = classify(await work(), asked, clock.now());
  } catch (error) {
    result = troubleOf(error, asked);
  }
  if (result.kind === 'answered') patience.good();
  else patience.bad(start, result.error);
  return result;
}

function classify(answer: HttpAnswer, asked: Asked, nowMs: number): Attempt {
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
function troubleOf(error: unknown, asked: Asked): Attempt {
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
