/** What is known of tags: the input of selection. */

/** Facts of one tag; a fact that nobody asked for, or that the registry does not have, is undefined. */
export interface TagFacts {
  readonly tag: string;
  /** When the image was built (OCI config `created`), milliseconds since the epoch; undefined where it cannot be read. */
  readonly createdMs?: number | undefined;
  /** When it was pushed, where the registry tells; of some registries, when its image was. Never the time of its build. */
  readonly pushedMs?: number | undefined;
  /** When a run of ours saw this tag with this digest for the first time. */
  readonly firstSeenMs?: number | undefined;
  readonly digest?: string | undefined;
  /** `os/architecture[/variant]`, where they were asked for. */
  readonly platforms?: readonly string[] | undefined;
  /** OCI labels that matter here: `org.opencontainers.image.source`, `.revision`, `.created`. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** The tags of one repository as listed. `complete: false` means that there may be more than these. */
export interface TagListing {
  readonly tags: readonly TagFacts[];
  readonly complete: boolean;
  /** Names the registry's answer where the listing is not whole or not usable. */
  readonly warning?: string | undefined;
}
