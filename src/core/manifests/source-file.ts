/** A file of the config repository as an adapter read it: the input of everything that looks at manifests. */

export interface SourceFile {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** New bytes for an existing file. */
export interface FileChange {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A name in a tree, as git lists it. */
export interface TreeEntry {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly kind: 'file' | 'executable' | 'symlink' | 'submodule';
  /** In bytes. */
  readonly size: number;
}
