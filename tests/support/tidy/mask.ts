/** A source text taken apart; both parts have the length and the line breaks of the whole. */
export interface Masked {
  /** Code alone: comments and the insides of strings, templates and regular expressions are spaces; quotes stay. */
  readonly code: string;
  /** Comments alone. */
  readonly comments: string;
}

/** After these a `/` starts a regular expression; after any other word it divides. */
const wordsBeforeRegex = new Set(
  'return typeof case do else in instanceof new of void delete throw await yield default'.split(' '),
);

/** Takes a TypeScript source apart. Needs no parser: only where comments, strings, templates and regexes begin and end. */
export function mask(source: string): Masked {
  return new Masker(source).run();
}

class Masker {
  readonly #source: string;
  readonly #code: string[];
  readonly #comments: string[];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#code = source.split('');
    this.#comments = source.replaceAll(/[^\n]/g, ' ').split('');
  }

  run(): Masked {
    if (this.#source.startsWith('#!')) this.#comment(this.#endOf('\n', 0));
    while (this.#at < this.#source.length) this.#block();
    return { code: this.#code.join(''), comments: this.#comments.join('') };
  }

  /** Code up to the `}` that closes it (of a template's `${`), or to the end. */
  #block(): void {
    let depth = 0;
    while (this.#at < this.#source.length) {
      const char = this.#source[this.#at] ?? '';
      if (char === '}' && depth === 0) break;
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      this.#step(char);
    }
    this.#at += 1;
  }

  #step(char: string): void {
    if (this.#source.startsWith('//', this.#at)) this.#comment(this.#endOf('\n', this.#at));
    else if (this.#source.startsWith('/*', this.#at)) this.#comment(this.#endOf('*/', this.#at + 2) + 2);
    else if (char === "'" || char === '"') this.#quoted(char);
    else if (char === '`') this.#template();
    else if (char === '/' && this.#regexMayStart()) this.#regex();
    else this.#at += 1;
  }

  #comment(end: number): void {
    for (; this.#at < Math.min(end, this.#source.length); this.#at += 1) {
      this.#comments[this.#at] = this.#source[this.#at] ?? '';
      this.#blank();
    }
  }

  #quoted(quote: string): void {
    this.#at += 1;
    while (this.#at < this.#source.length && !'\n'.concat(quote).includes(this.#source[this.#at] ?? '')) {
      this.#blankChar();
    }
    this.#at += 1;
  }

  #template(): void {
    this.#at += 1;
    while (this.#at < this.#source.length && this.#source[this.#at] !== '`') {
      if (this.#source.startsWith('${', this.#at)) {
        this.#at += 2;
        this.#block();
      } else {
        this.#blankChar();
      }
    }
    this.#at += 1;
  }

  #regex(): void {
    this.#at += 1;
    let inClass = false;
    for (; this.#at < this.#source.length; this.#blankChar()) {
      const char = this.#source[this.#at];
      if (char === '\n' || (char === '/' && !inClass)) break;
      if (char === '[') inClass = true;
      if (char === ']') inClass = false;
    }
    this.#at += 1;
  }

  #regexMayStart(): boolean {
    const before = this.#code
      .slice(Math.max(0, this.#at - 200), this.#at)
      .join('')
      .trimEnd();
    const word = /[\w$]+$/.exec(before)?.[0];
    if (word !== undefined) return wordsBeforeRegex.has(word);
    return !/[)\]}'"`]$/.test(before);
  }

  /** Blanks one character of a literal, or two when it is an escape. */
  #blankChar(): void {
    const length = this.#source[this.#at] === '\\' ? 2 : 1;
    for (let i = 0; i < length && this.#at < this.#source.length; i += 1, this.#at += 1) this.#blank();
  }

  #blank(): void {
    if (this.#source[this.#at] !== '\n') this.#code[this.#at] = ' ';
  }

  #endOf(text: string, from: number): number {
    const found = this.#source.indexOf(text, from);
    return found === -1 ? this.#source.length : found;
  }
}
