import { lineAt } from './files.ts';
import { mask } from './mask.ts';

/** A named function or method, from the line of its name to the line of its closing brace. */
export interface FunctionSize {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

const notFunctions = new Set('if for while switch catch with return await typeof function'.split(' '));

/**
 * Named functions of a source text: declarations, methods, accessors, constructors, and arrow functions with a block
 * body that are given a name. Callbacks without a name belong to the function they are in, and count there.
 */
export function functionsOf(text: string): FunctionSize[] {
  const { code } = mask(text);
  const found: FunctionSize[] = [];
  for (let open = code.indexOf('('); open !== -1; open = code.indexOf('(', open + 1)) {
    const close = closing(code, open);
    const body = close === -1 ? -1 : bodyAfter(code, close + 1);
    if (body === -1) continue;
    const isArrow = code.slice(close, body).trimEnd().endsWith('=>');
    const head = code.slice(0, open);
    const name = isArrow ? arrowName(head) : functionName(head);
    if (name === undefined) continue;
    const line = lineAt(text, head.lastIndexOf(name));
    found.push({ name, line, lines: lineAt(text, closing(code, body)) - line + 1 });
  }
  return found;
}

/** Index of the bracket that closes the one at `open`, or -1. */
function closing(code: string, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    if ('([{'.includes(code[at] ?? '')) depth += 1;
    if (')]}'.includes(code[at] ?? '')) depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** Index of the `{` that opens the body behind a parameter list, over a return type and `=>`; -1 when there is none. */
function bodyAfter(code: string, from: number): number {
  let before = ')';
  for (let at = from; at < code.length; at += 1) {
    const char = code[at] ?? '';
    if (/\s/.test(char)) continue;
    if (code.startsWith('=>', at)) {
      before = '=>';
      at += 1;
    } else if (char === '{' && !isTypeBefore(before)) {
      return at;
    } else if ('([{'.includes(char)) {
      at = closing(code, at);
      if (at === -1) return -1;
      before = ']';
    } else if (before === ')' && char !== ':') {
      return -1;
    } else if (before === '=>' || ';,)]}=?'.includes(char)) {
      return -1;
    } else {
      before = char;
    }
  }
  return -1;
}

/** Behind these a `{` starts an object type, not a body. */
function isTypeBefore(before: string): boolean {
  return [':', '|', '&', '<'].includes(before);
}

function functionName(head: string): string | undefined {
  const match = /(?:^|[\s.*])(#?[\w$]+|\[[\w.]+\])\s*(?:<[^()]*>)?\s*$/.exec(head);
  const name = match?.[1];
  return name === undefined || notFunctions.has(name) ? undefined : name;
}

function arrowName(head: string): string | undefined {
  const match = /([\w$]+)\s*(?::[^=;]*)?[=:]\s*(?:async\s*)?(?:<[^()]*>\s*)?$/.exec(head.slice(-300));
  return match?.[1];
}
