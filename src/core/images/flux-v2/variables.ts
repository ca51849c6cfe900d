/** Variables that Flux v2 fills in after a build, and that a file by itself still has. */
import { printable } from '../../../base/printable.ts';

/** `$${ts}` is how a text says `${ts}` that is to stay. Source: https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution */
export function unescaped(text: string): string {
  return text.replaceAll('$${', '${');
}

/** The fault of a field with a variable in it; undefined where it has none. */
export function faultOfVariable(text: string): { readonly message: string; readonly hint: string } | undefined {
  const variable = /(?<!\$)\$\{[A-Za-z_]\w*[^}]{0,64}\}/.exec(text)?.[0];
  if (variable === undefined) return undefined;
  return {
    message: `holds the variable ${printable(variable)}, which nothing fills in here`,
    hint: 'Write its value, or let a kustomization write it; `postBuild` of a Flux Kustomization is not read.',
  };
}
