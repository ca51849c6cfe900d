/** What the configuration says about images by their names, beside what manifests say. */
import type { Position } from '../../base/errors.ts';
import type { ImageUse, Placed } from './locate/image-use.ts';
import { compileGlob } from './select/glob.ts';
import type { TagPolicy } from './select/tag-policy.ts';
import type { UpdateWindow } from './select/update-window.ts';

export interface ImageRule {
  readonly position: Position;
  /** Glob over image names as written, without tag. */
  readonly image: string;
  /** Glob over container names; undefined: every container. */
  readonly container: string | undefined;
  /** Undefined: the rule sets conditions for images whose policy stands elsewhere. */
  readonly policy: Placed<TagPolicy> | undefined;
  /** Whether the digest is written beside the tag; undefined: as the manifest has it. */
  readonly pin: boolean | undefined;
  /** `os/architecture[/variant]`, all of them must be there. */
  readonly platforms: readonly string[];
  readonly minimumAgeMs: number | undefined;
  /** Globs over tags that are never chosen. */
  readonly deny: readonly string[];
  /** Updates happen only inside one of them; empty: at any time. */
  readonly windows: readonly UpdateWindow[];
}

/** The first rule for this image and container, in the order of the file; undefined where none speaks of it. */
export type FindRule = (use: Pick<ImageUse, 'name' | 'container'>) => ImageRule | undefined;

/** The rules with their globs compiled once. */
export function compileRules(rules: readonly ImageRule[]): FindRule {
  const compiled = rules.map((rule) => ({
    rule,
    image: compileGlob(rule.image),
    container: compileGlob(rule.container ?? '*'),
  }));
  return ({ name, container }) => compiled.find((entry) => entry.image(name) && entry.container(container))?.rule;
}
