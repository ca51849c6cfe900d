/** How rows and messages name an object. */

export interface ObjectName {
  readonly kind: string;
  readonly name: string;
  /** Undefined for cluster-scoped objects. */
  readonly namespace: string | undefined;
}

/** `Kind/namespace/name`, or `Kind/name` without a namespace. */
export function subjectOf({ kind, namespace, name }: ObjectName): string {
  return namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}
