/**
 * Text → trees for everyday YAML, some twenty times faster than the real reader. It reads what nearly every manifest is
 * made of (block mappings and sequences, scalars on one line, block scalars, flow collections on one line, comments) and
 * gives up at everything else: anchors, tags, directives, scalars over several lines, anything out of place. A text that
 * it reads is one that `composeTrees` reads too, to the same trees; a property test holds the two together.
 */
import { readBlockScalar } from './simple-block-scalar.ts';
import {
  type Cursor,
  emptyScalar,
  isBlankAt,
  NOT_SIMPLE,
  readInline,
  readKey,
  skipLineEnd,
  skipSpaces,
} from './simple-cursor.ts';
import type { ContentNode, MapNode, MapPair, ScalarNode, SequenceNode, YamlTree } from './yaml-tree.ts';

/** Far below the depth that `composeTrees` refuses. */
const MAX_SIMPLE_DEPTH = 60;

const NOTHING_REPEATED: YamlTree['repeated'] = new Set();

/** The documents with content, or undefined where the text is not everyday YAML: it may be anything then. */
export function readSimpleTrees(text: string): readonly YamlTree[] | undefined {
  if (text.lastIndexOf('\uFEFF') > 0 || (text.includes('\r') && /\r(?!\n)/.test(text))) return undefined;
  try {
    return new SimpleReader(text).readDocuments();
  } catch (error) {
    if (error === NOT_SIMPLE) return undefined;
    throw error;
  }
}

class SimpleReader {
  readonly #cursor: Cursor;
  /** Column of the content at the cursor; -1 at the end of a document. */
  #column = -1;

  constructor(text: string) {
    this.#cursor = { text, pos: text.charCodeAt(0) === 0xfeff ? 1 : 0 };
  }

  readDocuments(): readonly YamlTree[] {
    const trees: YamlTree[] = [];
    const { text } = this.#cursor;
    this.#toContent();
    while (this.#column !== -1 || this.#cursor.pos < text.length) {
      if (this.#column === -1) this.#skipDocumentMarker();
      else {
        trees.push({ root: this.#readNode({ indent: this.#column, depth: 0 }), repeated: NOTHING_REPEATED });
        if (this.#column !== -1) throw NOT_SIMPLE;
      }
    }
    return trees;
  }

  #skipDocumentMarker(): void {
    this.#cursor.pos += 3;
    if (!skipLineEnd(this.#cursor)) throw NOT_SIMPLE;
    this.#toContent();
  }

  /** From the beginning of a line to the next content, past blank lines and comments. */
  #toContent(): void {
    const cursor = this.#cursor;
    const { text } = cursor;
    while (cursor.pos < text.length) {
      const lineStart = cursor.pos;
      skipSpaces(cursor);
      const code = text.charCodeAt(cursor.pos);
      if (code === 0x0a) cursor.pos += 1;
      else if (code === 0x0d) cursor.pos += 2;
      else if (code === 0x23) {
        const end = text.indexOf('\n', cursor.pos);
        cursor.pos = end === -1 ? text.length : end + 1;
      } else if (cursor.pos < text.length) {
        this.#column = cursor.pos - lineStart;
        if (this.#column === 0 && this.#isMarker()) this.#column = -1;
        return;
      }
    }
    this.#column = -1;
  }

  #isMarker(): boolean {
    const { text, pos } = this.#cursor;
    if (text.startsWith('...', pos)) throw NOT_SIMPLE;
    if (!text.startsWith('---', pos)) return false;
    if (!isBlankAt(text, pos + 3)) throw NOT_SIMPLE;
    return true;
  }

  /** The mapping or sequence whose first entry is at the cursor, in column `indent`. */
  #readNode(level: Level): ContentNode {
    if (level.depth > MAX_SIMPLE_DEPTH) throw NOT_SIMPLE;
    if (this.#isDash()) return this.#readSequence(level);
    const key = readKey(this.#cursor);
    if (key === undefined) throw NOT_SIMPLE;
    return this.#readMap(level, key);
  }

  #isDash(): boolean {
    const { text, pos } = this.#cursor;
    return text.charCodeAt(pos) === 0x2d && isBlankAt(text, pos + 1);
  }

  #readMap(level: Level, firstKey: ScalarNode): MapNode {
    const pairs: MapPair[] = [];
    let key: ScalarNode | undefined = firstKey;
    while (key !== undefined) {
      const value = this.#readValue(level, { dashesMayAlign: true });
      pairs.push({ key, value });
      if (this.#column < level.indent) break;
      if (this.#column > level.indent || this.#isDash()) throw NOT_SIMPLE;
      key = readKey(this.#cursor);
      if (key === undefined) throw NOT_SIMPLE;
    }
    const end = pairs.at(-1)?.value.end ?? firstKey.end;
    return { kind: 'map', start: firstKey.start, end, tag: undefined, anchor: undefined, flow: false, pairs };
  }

  #readSequence(level: Level): SequenceNode {
    const start = this.#cursor.pos;
    const items: ContentNode[] = [];
    do {
      if (!this.#isDash()) {
        // A mapping may go on in the column of the dashes that are its value.
        break;
      }
      this.#cursor.pos += 1;
      items.push(this.#readItem(level));
    } while (this.#column === level.indent);
    if (this.#column > level.indent) throw NOT_SIMPLE;
    const end = items.at(-1)?.end ?? start;
    return { kind: 'sequence', start, end, tag: undefined, anchor: undefined, flow: false, items };
  }

  /** What follows a dash: on the same line a compact collection or a value, else the lines below. */
  #readItem(level: Level): ContentNode {
    const cursor = this.#cursor;
    const dash = cursor.pos - 1;
    const behind = cursor.pos;
    skipSpaces(cursor);
    const compact = { indent: level.indent + cursor.pos - dash, depth: level.depth + 1 };
    if (compact.depth > MAX_SIMPLE_DEPTH) throw NOT_SIMPLE;
    if (this.#isDash()) return this.#readSequence(compact);
    const key = readKey(cursor);
    if (key !== undefined) return this.#readMap(compact, key);
    cursor.pos = behind;
    return this.#readValue(level, { dashesMayAlign: false });
  }

  /** What follows a colon or a dash, and then the way to the next content. */
  #readValue(level: Level, { dashesMayAlign }: { readonly dashesMayAlign: boolean }): ContentNode {
    const cursor = this.#cursor;
    skipSpaces(cursor);
    const at = cursor.pos;
    if (skipLineEnd(cursor)) {
      this.#toContent();
      const aligned = dashesMayAlign && this.#column === level.indent && this.#isDash();
      if (this.#column <= level.indent && !aligned) return emptyScalar(at);
      return this.#readNode({ indent: this.#column, depth: level.depth + 1 });
    }
    const code = cursor.text.charCodeAt(at);
    if (code === 0x7c || code === 0x3e) {
      const block = readBlockScalar(cursor, level.indent);
      this.#toContent();
      return block;
    }
    const value = readInline(cursor);
    if (!skipLineEnd(cursor)) throw NOT_SIMPLE;
    this.#toContent();
    return value;
  }
}

interface Level {
  readonly indent: number;
  readonly depth: number;
}
