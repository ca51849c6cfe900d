/** Which names of a tree can stand in a copy of it. */

/** Whether a path stays below the root that it is relative to, and out of `.git`. */
export function isInside(path: string): boolean {
  return path !== '' && !path.includes('\0') && path.split('/').every(isOrdinary);
}

/**
 * Whether a link at `path` leads to something in the tree. `..` counts in front only: the directories above a link are
 * no links themselves, but what comes after a name may be one, and `..` behind it would lead anywhere.
 */
export function staysInside(path: string, target: string): boolean {
  if (target === '' || target.startsWith('/') || target.includes('\0')) return false;
  const segments = target.split('/').filter((segment) => segment !== '' && segment !== '.');
  const ups = segments.findIndex((segment) => segment !== '..');
  const rest = ups === -1 ? [] : segments.slice(ups);
  const depth = path.split('/').length - 1;
  return (ups === -1 ? segments.length : ups) <= depth && rest.every(isOrdinary);
}

/** The directories above a path, the outermost first. */
export function directoriesAbove(path: string): readonly string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}

function isOrdinary(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && segment.toLowerCase() !== '.git';
}
