/**
 * Kubernetes quantities in the one spelling that the API server stores.
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ and
 * https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity (canonical form)
 */
import type { JsonValue } from './desired-object.ts';

const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(m|u|n|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d{1,3})?$/;
/** Longer ones are never meant; big ones would cost time. */
const MAX_LENGTH = 64;

const DECIMAL_EXPONENTS = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** Longer ones are parsed in another way. */
const MAX_DIGITS = 18;
const INT64_MAX = 2n ** 63n - 1n;

/**
 * The spelling that the server stores for `value` (a string, or a number as YAML may have it), or undefined where
 * this is no quantity, or one that needs rounding: then only the server can say. What the server takes for canonical
 * at first sight it stores as written, whether it is or not.
 */
export function canonicalQuantity(value: JsonValue | undefined): string | undefined {
  const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return undefined;
  const match = QUANTITY.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const amount = sign === '-' ? -digits : digits;
  // Leading zeros do not count, but one stands where nothing else does.
  const significant = (whole.replace(/^0+/, '') || '0') + fraction;
  if (suffix.endsWith('i')) {
    const form = binaryForm({ amount, decimals: fraction.length, suffix });
    return form !== undefined && isKeptBinary(significant, { fraction, suffix }) ? text : form;
  }
  const isScientific = /^[eE][+-]?\d/.test(suffix);
  const exponent = isScientific ? Number(suffix.slice(1)) : DECIMAL_EXPONENTS.get(suffix);
  if (exponent === undefined) return undefined;
  const power = exponent - fraction.length;
  const form = decimalForm({ amount, exponent: power, isScientific });
  return form !== undefined && isKeptDecimal(significant, power) ? text : form;
}

/** Source: https://github.com/kubernetes/apimachinery/blob/master/pkg/api/resource/quantity.go (ParseQuantity) */
function isKeptDecimal(significant: string, power: number): boolean {
  const isShort = significant.length <= MAX_DIGITS;
  return isShort && power % 3 === 0 && !significant.endsWith('000') && !significant.startsWith('0');
}

/** Source: as above. */
function isKeptBinary(
  significant: string,
  { fraction, suffix }: { readonly fraction: string; readonly suffix: string },
): boolean {
  const bits = 10 * BINARY_SUFFIXES.indexOf(suffix);
  const room = 14 - significant.length - Math.trunc((bits * 3) / 10);
  return fraction === '' && room >= 0 && BigInt(significant) % 8n !== 0n;
}

interface Binary {
  readonly amount: bigint;
  readonly decimals: number;
  readonly suffix: string;
}

function binaryForm({ amount, decimals, suffix }: Binary): string | undefined {
  const power = BINARY_SUFFIXES.indexOf(suffix);
  const scaled = amount * 1024n ** BigInt(power);
  const divisor = 10n ** BigInt(decimals);
  if (scaled % divisor !== 0n) return undefined;
  let rest = scaled / divisor;
  if (!fits(rest)) return undefined;
  // Below 1024 the server writes a binary quantity in decimal form.
  if (rest > -1024n && rest < 1024n) return decimalForm({ amount: rest, exponent: 0, isScientific: false });
  let steps = 0;
  while (rest !== 0n && rest % 1024n === 0n && steps < BINARY_SUFFIXES.length - 1) {
    rest /= 1024n;
    steps++;
  }
  return `${rest}${BINARY_SUFFIXES[steps]}`;
}

interface Decimal {
  readonly amount: bigint;
  readonly exponent: number;
  readonly isScientific: boolean;
}

function decimalForm({ amount, exponent, isScientific }: Decimal): string | undefined {
  if (amount === 0n) return '0';
  let mantissa = amount;
  let power = exponent;
  while (mantissa % 10n === 0n) {
    mantissa /= 10n;
    power++;
  }
  while (power % 3 !== 0) {
    mantissa *= 10n;
    power--;
  }
  // Finer than milli is rounded by the server in some places and not in others.
  if (power < -3) return undefined;
  if (power > 18 || !fits(mantissa * 10n ** BigInt(Math.max(power, 0)))) return undefined;
  if (isScientific) return power === 0 ? String(mantissa) : `${mantissa}e${power}`;
  const suffix = [...DECIMAL_EXPONENTS].find(([, value]) => value === power)?.[0];
  return suffix === undefined ? undefined : `${mantissa}${suffix}`;
}

function fits(value: bigint): boolean {
  return value <= INT64_MAX && value >= -INT64_MAX;
}
