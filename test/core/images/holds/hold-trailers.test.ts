import { describe, expect, it } from 'vitest';
import {
  holdTrailer,
  idOf,
  isInObject,
  namesImage,
  unholdTrailer,
} from '../../../../src/core/images/holds/hold-trailers.ts';

describe('what an image stands in', () => {
  const at = (file: string) => ({ file, line: 1, col: 1 });
  it.each([
    { subject: 'Deployment/prod/api', file: 'api.yaml', id: 'prod:deployment/api', isObject: true },
    { subject: 'Deployment/api', file: 'api.yaml', id: 'deployment/api', isObject: true },
    { subject: 'Kustomization/apps/kustomization.yaml', file: 'apps/kustomization.yaml', isObject: false },
    { subject: 'Values/a.yaml', file: 'a.yaml', isObject: false },
    { subject: 'File/x/y/z/a.yaml', file: 'x/y/z/a.yaml', isObject: false },
    // Flux has objects of that kind.
    {
      subject: 'Kustomization/flux-system/apps',
      file: 'apps.yaml',
      id: 'flux-system:kustomization/apps',
      isObject: true,
    },
  ])('is called in trailers as people call it: $subject', ({ subject, file, id, isObject }) => {
    const use = { subject, position: at(file) };
    expect(isInObject(use)).toBe(isObject);
    expect(idOf(use)).toBe(id ?? subject);
  });
});

describe('a trailer', () => {
  it('is one line, whatever the name of the container', () => {
    expect(holdTrailer('prod:deployment/api', 'a\nUnhold: prod:deployment/api app')).toBe(
      'Hold: prod:deployment/api a Unhold: prod:deployment/api app',
    );
    expect(unholdTrailer('prod:deployment/api', 'app\u2028')).toBe('Unhold: prod:deployment/api app');
  });

  it('names an image by its name, its tag and its digest', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const message = `Auto-release\n\nImage: r.example:5000/app:1.0.0@${digest}\n`;
    const image = { name: 'r.example:5000/app', tag: '1.0.0', digest };
    expect(namesImage(message, image)).toBe(true);
    expect(namesImage(message, { ...image, digest: undefined })).toBe(true);
    expect(namesImage(message, { ...image, tag: undefined })).toBe(true);
    expect(namesImage(message, { ...image, tag: '1.0' })).toBe(false);
    expect(namesImage(message, { ...image, name: 'r.example:5000/ap' })).toBe(false);
    expect(namesImage(`${message}Requested-by: Ann`, image)).toBe(false);
  });
});
