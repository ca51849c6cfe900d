/** A file of the config repository as an adapter read it: the input of everything that looks at manifests. */

export interface SourceFile {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** New bytes for a file. */
export interface FileChange {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** The tree has no such file yet: it is made, and its directories with it. Otherwise the file must be there. */
  readonly isNew?: boolean;
}

/** A name in a tree, as git lists it. */
export interface TreeEntry {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly kind: 'file' | 'executable' | 'symlink' | 'submodule';
  /** In bytes. */
  readonly size: number;
}
