/** An entry of `fields`: where the images of a custom kind stand. */
import type { FieldRule } from '../core/images/locate/field-rule.ts';
import type { ImageFields } from '../core/images/locate/locate-fields.ts';
import { judgeContainer, judgeFieldPath, judgeGroup, judgeKind } from './names.ts';
import { object, optional, required } from './shape/collections.ts';
import { textThat } from './shape/scalars.ts';
import { INVALID, type Shape } from './shape/shape.ts';

type Paths = { readonly [Role in keyof Required<ImageFields['paths']>]: string | undefined };

/** The entry as written: each part of the image under a key of its own. */
interface WrittenFields extends Paths {
  readonly kind: string;
  readonly group: string | undefined;
  readonly container: string | undefined;
}

/** Flux's name for the image of a chart as a whole, and so for an image that nobody named. */
const UNNAMED = 'image';

export function fieldShape(): Shape<FieldRule> {
  const path = (what: string) => optional(textThat(judgeFieldPath), `Path of the field with ${what}.`);
  const shape = object<WrittenFields>({
    kind: required(textThat(judgeKind), 'The kind of the objects, such as Database.'),
    group: optional(textThat(judgeGroup), 'The API group of the kind, such as db.example.org; default: any.'),
    container: optional(textThat(judgeContainer), `What annotations and reports call the image; default: ${UNNAMED}.`),
    image: path('the whole image, such as spec.engine.image'),
    repository: path("the image's name, where its tag stands in a field of its own"),
    registry: path('the registry, where it stands apart from the name'),
    tag: path('the tag'),
    digest: path('the digest'),
  });
  return {
    schema: shape.schema,
    read: (node, reading) => {
      const written = shape.read(node, reading);
      if (written === INVALID) return INVALID;
      const { kind, group, container, ...paths } = written;
      const position = reading.positionOf(node);
      const mistake = mistakeIn(paths);
      if (mistake !== undefined) {
        reading.complainAt(position, { code: 'CONFIG_VALUE', ...mistake });
        return INVALID;
      }
      return { position, kind, group, fields: { container: container ?? UNNAMED, paths: setIn(paths) } };
    },
  };
}

/** An image stands in one field, or in fields for its name and its version. */
function mistakeIn({ image, repository, registry, tag, digest }: Paths) {
  if (image === undefined && repository === undefined) {
    return { message: 'names no field', hint: 'Add image, or repository and tag.' };
  }
  if (image !== undefined && (repository !== undefined || registry !== undefined)) {
    return { message: 'has both image and the parts of it', hint: 'Keep image, or repository with tag.' };
  }
  if (image === undefined && tag === undefined && digest === undefined) {
    return { message: 'names no field for the version', hint: 'Add tag, or digest.' };
  }
  return undefined;
}

function setIn(paths: Paths): ImageFields['paths'] {
  return Object.fromEntries(Object.entries(paths).filter(([, path]) => path !== undefined));
}
