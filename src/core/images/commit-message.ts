/** The message of the commit that carries the bumps, in the form Flux v1 gave it. */

/**
 * `Auto-release <image:tag>` for one image, `Auto-release multiple (N) images` with a sorted list for several.
 * `images`: new references; repeated ones count once. Ends without a newline.
 * Source: https://github.com/fluxcd/flux/blob/v1.25.4/pkg/update/automated.go
 */
export function renderCommitMessage(images: readonly string[]): string {
  const distinct = [...new Set(images)].sort();
  const [only] = distinct;
  if (only === undefined) return 'Auto-release (no images)';
  if (distinct.length === 1) return `Auto-release ${only}`;
  return `Auto-release multiple (${distinct.length}) images\n\n${distinct.map((image) => ` - ${image}`).join('\n')}`;
}
