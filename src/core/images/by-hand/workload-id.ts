/** Workloads as people name them: fluxctl's `ns:kind/name` and `kind/name`, and the subjects of our own reports. */
import { printable } from '../../../base/printable.ts';

export interface WorkloadId {
  /** In lower case. */
  readonly kind: string;
  /** Undefined: any. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What an id is compared with. */
export interface Named {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

export type WorkloadIdParse =
  | { readonly ok: true; readonly id: WorkloadId }
  | { readonly ok: false; readonly message: string };

const PART = '[^\\s:/]{1,253}';
const FLUX = new RegExp(`^(?:(${PART}):)?(${PART})/(${PART})$`);
const SUBJECT = new RegExp(`^(${PART})/(${PART})/(${PART})$`);

/**
 * The id in `text`; `namespace` stands for one that the text leaves out. The case of the kind does not count.
 * Source: https://github.com/fluxcd/flux/blob/v1.25.4/pkg/resource/id.go
 */
export function parseWorkloadId(text: string, namespace: string | undefined): WorkloadIdParse {
  const flux = FLUX.exec(text);
  if (flux !== null) {
    const [, own, kind = '', name = ''] = flux;
    return { ok: true, id: { kind: kind.toLowerCase(), namespace: own ?? namespace, name } };
  }
  const subject = SUBJECT.exec(text);
  if (subject === null) return { ok: false, message: `'${printable(text)}' names no workload` };
  const [, kind = '', own, name = ''] = subject;
  return { ok: true, id: { kind: kind.toLowerCase(), namespace: own, name } };
}

/** Whether `id` means this object. A manifest that names no namespace may be meant by `default`, as in Flux. */
export function meansWorkload(id: WorkloadId, { kind, namespace, name }: Named): boolean {
  if (id.name !== name || id.kind !== kind.toLowerCase()) return false;
  return id.namespace === undefined || id.namespace === (namespace ?? 'default');
}

/** `ns:kind/name`, as Flux writes it; `kind/name` where the manifest names no namespace. */
export function renderWorkloadId({ kind, namespace, name }: Named): string {
  const plain = `${kind.toLowerCase()}/${name}`;
  return namespace === undefined ? plain : `${namespace}:${plain}`;
}
