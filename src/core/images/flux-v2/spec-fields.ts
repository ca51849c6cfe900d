/** Fields of an object as its kind wants them; the first that is anything else is the object's fault. */
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import { typeOfScalar } from '../../manifests/scalar-type.ts';
import { entriesOf, isMap, isScalar, isSequence, itemsOf, type Reached, valueAt } from '../../manifests/yaml-tree.ts';

export interface Fault {
  /** Where in the text of the object. */
  readonly offset: number;
  /** A clause about the object. */
  readonly message: string;
  readonly hint: string;
}

/** Each gives undefined for a field that is missing, null, or at fault. */
export interface SpecFields {
  text(path: string): string | undefined;
  /** As `text`, and a fault where it is missing. */
  required(path: string): string;
  flag(path: string): boolean | undefined;
  texts(path: string): readonly string[] | undefined;
  oneOf<T extends string>(path: string, words: readonly T[]): T | undefined;
  has(path: string): boolean;
  /** The mappings of labels in a list of selectors. */
  labels(path: string): readonly ReadonlyMap<string, string>[] | undefined;
  /** Notes a fault at the field, or at the object where there is no such field. */
  fault(path: string, about: { readonly message: string; readonly hint: string }): void;
  faults(): readonly Fault[];
}

/** Paths are keys joined by dots, from `spec` on. */
export function specFields(document: ManifestDocument): SpecFields {
  const { tree, root } = document;
  const faults: Fault[] = [];
  const at = (path: string): Reached | undefined => {
    const reached = valueAt(tree, root, ['spec', ...path.split('.')]);
    return isScalar(reached) && typeOfScalar(reached.node) === null ? undefined : reached;
  };
  const fault: SpecFields['fault'] = (path, about) =>
    faults.push({ offset: at(path)?.node.start ?? root.node.start, ...about });
  const scalar = (path: string, type: 'string' | 'boolean') => {
    const reached = at(path);
    if (reached === undefined) return undefined;
    const value = isScalar(reached) ? typeOfScalar(reached.node) : undefined;
    if (typeof value === type) return value;
    const word = type === 'string' ? 'text' : 'true or false';
    fault(path, {
      message: `spec.${path} is not ${word}`,
      hint: `Write ${word}${type === 'string' ? ', in quotes' : ''}.`,
    });
    return undefined;
  };
  const text: SpecFields['text'] = (path) => scalar(path, 'string') as string | undefined;
  return {
    text,
    required: (path) => {
      const value = text(path);
      if (value === undefined && at(path) === undefined)
        fault(path, { message: `has no spec.${path}`, hint: `Add spec.${path}.` });
      return value ?? '';
    },
    flag: (path) => scalar(path, 'boolean') as boolean | undefined,
    texts: (path) => {
      const reached = at(path);
      if (reached === undefined) return undefined;
      const items = isSequence(reached) ? itemsOf(tree, reached).map(textOf) : [undefined];
      if (items.every((item) => item !== undefined)) return items;
      fault(path, { message: `spec.${path} is not a list of texts`, hint: 'Write a list of quoted texts.' });
      return undefined;
    },
    oneOf: (path, words) => {
      const value = text(path);
      const known = words.find((word) => word === value);
      if (value !== undefined && known === undefined) {
        const message = `spec.${path} is none of the words it can be`;
        fault(path, { message, hint: `Use one of: ${words.join(', ')}.` });
      }
      return known;
    },
    has: (path) => at(path) !== undefined,
    labels: (path) => {
      const reached = at(path);
      if (!isSequence(reached)) return undefined;
      return itemsOf(tree, reached).map((item) => {
        const labels = valueAt(tree, item, ['matchLabels']);
        const entries = isMap(labels) ? entriesOf(tree, labels) : [];
        return new Map(entries.map(({ key, value }) => [key.text, textOf(value) ?? '']));
      });
    },
    fault,
    faults: () => faults,
  };
}

function textOf(reached: Reached): string | undefined {
  const value = isScalar(reached) ? typeOfScalar(reached.node) : undefined;
  return typeof value === 'string' ? value : undefined;
}
