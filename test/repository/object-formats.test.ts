import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeName, encodeName, isInside } from '../../src/repository/file-name.ts';
import { parseBatch } from '../../src/repository/object-store.ts';
import { kindOf, parseListing } from '../../src/repository/tree-listing.ts';

const OID = 'd00491fd7e5bb6fa28c517a0bb32b8b506539d4d';

describe('parseListing', () => {
  it('reads listings with and without sizes', () => {
    const rows = [`100644 blob ${OID}      12\ta b`, `160000 commit ${OID}       -\tsub`, `040000 tree ${OID}\td\t1`];
    const listing = rows.map((row) => `${row}\0`).join('');
    expect(parseListing(Buffer.from(listing))).toEqual([
      { mode: '100644', type: 'blob', oid: OID, size: 12, name: 'a b' },
      { mode: '160000', type: 'commit', oid: OID, size: null, name: 'sub' },
      { mode: '040000', type: 'tree', oid: OID, size: null, name: 'd\t1' },
    ]);
  });
});

describe('kindOf', () => {
  it.each([
    { mode: '100644', kind: 'file' },
    { mode: '100664', kind: 'file' },
    { mode: '100755', kind: 'executable' },
    { mode: '120000', kind: 'symlink' },
    { mode: '160000', kind: 'submodule' },
  ])('of $mode is $kind', ({ mode, kind }) => {
    expect(kindOf(mode)).toBe(kind);
  });
});

describe('parseBatch', () => {
  it('reads back any contents, and passes over what is missing', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.uint8Array())), (contents) => {
        const parts = contents.flatMap((bytes, index) =>
          bytes === null
            ? [Buffer.from(`${index} missing\n`)]
            : [Buffer.from(`${index} blob ${bytes.length}\n`), bytes, Buffer.from('\n')],
        );
        const read = [...parseBatch(Buffer.concat(parts))].map(([oid, bytes]) => [Number(oid), [...bytes]]);
        expect(read).toEqual(
          [...contents.entries()].flatMap(([index, bytes]) => (bytes === null ? [] : [[index, [...bytes]]])),
        );
      }),
    );
  });
});

describe('names of files', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (path) => {
        expect(decodeName(encodeName(path))).toEqual({ path, isUtf8: true });
      }),
    );
  });

  it('are told apart from bytes that are no UTF-8', () => {
    expect(decodeName('caf\xe9')).toEqual({ path: 'caf\uFFFD', isUtf8: false });
    expect(decodeName('caf\xc3\xa9')).toEqual({ path: 'café', isUtf8: true });
  });

  it.each([
    { path: 'a', inside: true },
    { path: 'a/..b/.gitignore', inside: true },
    { path: '', inside: false },
    { path: '/a', inside: false },
    { path: 'a//b', inside: false },
    { path: 'a/', inside: false },
    { path: './a', inside: false },
    { path: 'a/../b', inside: false },
    { path: 'a/.Git/b', inside: false },
    { path: 'a\0b', inside: false },
  ])('$path lies inside: $inside', ({ path, inside }) => {
    expect(isInside(path)).toBe(inside);
  });
});
