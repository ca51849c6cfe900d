/** The credential of one registry in one run: found once, found again when it is stale. */
import type { Clock } from '../base/clock.ts';
import type { Credential, CredentialSource } from './credentials.ts';
import type { Endpoint } from './endpoint.ts';
import { isWithoutLogin } from './errors.ts';
import { createSingleFlight } from './single-flight.ts';
import { basicHeader } from './token-service.ts';

export interface KeptCredential {
  /** Throws what its source throws; a login that failed is not tried again. */
  find(signal?: AbortSignal): Promise<Credential | undefined>;
  /** It is refused: from now on there is none. */
  forget(): void;
}

export function keepCredential(
  given: {
    readonly endpoint: Endpoint;
    readonly credentials: CredentialSource;
    readonly mask: (secret: string) => void;
  },
  clock: Pick<Clock, 'now'>,
): KeptCredential {
  const flight = createSingleFlight<Credential | undefined>();
  let kept: { readonly value: Credential | undefined } | undefined;
  let withoutLogin: Error | undefined;
  const look = async (signal?: AbortSignal) => {
    try {
      const value = await given.credentials(given.endpoint, signal);
      if (value !== undefined) announce(value, given.mask);
      kept = { value };
      return value;
    } catch (error) {
      if (isWithoutLogin(error)) withoutLogin = error;
      throw error;
    }
  };
  return {
    async find(signal) {
      if (kept !== undefined && clock.now() < (kept.value?.staleAtMs ?? Number.POSITIVE_INFINITY)) return kept.value;
      if (withoutLogin !== undefined) throw withoutLogin;
      return flight('', () => look(signal), signal);
    },
    forget() {
      kept = { value: undefined };
    },
  };
}

/** Every form in which it is sent. */
function announce(credential: Credential, mask: (secret: string) => void): void {
  if (credential.kind !== 'basic') {
    mask(credential.token.reveal());
    return;
  }
  mask(credential.password.reveal());
  mask(basicHeader(credential).slice('Basic '.length));
}
