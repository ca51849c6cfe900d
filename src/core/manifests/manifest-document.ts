/** One Kubernetes object as it stands in a file. */
import type { Position } from '../../base/errors.ts';
import type { SourceText } from './source-text.ts';
import type { MapNode, Reached, YamlTree } from './yaml-tree.ts';

export interface ManifestDocument {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** As the manifest says; undefined where it does not. */
  readonly namespace: string | undefined;
  /** `Kind/namespace/name`, or `Kind/name` where the manifest names no namespace. */
  readonly subject: string;
  /** Where the object begins. */
  readonly position: Position;
  /** Where `metadata` holds its name. */
  readonly namePosition: Position;
  readonly source: SourceText;
  readonly tree: YamlTree;
  readonly root: Reached<MapNode>;
}
