/** An object that an environment's files ask for. */
import type { Position } from '../../base/errors.ts';

/** JSON as Kubernetes means it. Integers beyond 2^53 are bigint, so that no digit is lost. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export interface DesiredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** As the manifest says; undefined where it does not. */
  readonly namespace: string | undefined;
  /** Where it stands. */
  readonly position: Position;
  /** The whole manifest, scalars typed as kube-apiserver types them. */
  readonly object: JsonObject;
}
