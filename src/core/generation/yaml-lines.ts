/** Text that is written line by line, with the column that it has got to. */

export class YamlLines {
  readonly #parts: string[] = [];
  #column = 0;

  /** Characters since the last line break. */
  get column(): number {
    return this.#column;
  }

  /** Adds text without a line break in it. */
  write(text: string): void {
    this.#parts.push(text);
    this.#column += Array.from(text).length;
  }

  newLine(): void {
    this.#parts.push('\n');
    this.#column = 0;
  }

  /** A line with this indentation: a new one, unless nothing has been written on this one yet. */
  breakTo(indent: number): void {
    if (this.#column > 0) this.newLine();
    this.write(' '.repeat(indent));
  }

  text(): string {
    return this.#parts.join('');
  }
}
