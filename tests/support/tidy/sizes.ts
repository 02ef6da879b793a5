import type { Problem, SourceFile } from './files.ts';
import { functionsOf } from './functions.ts';

/** In lines. A tripwire, not a goal. */
const sizeLimits = {
  fileMedian: 90,
  fileP90: 250,
  fileMax: 400,
  functionMedian: 12,
  functionMax: 70,
  /** A component is what it draws, as one text. */
  componentMax: 120,
} as const;

/** Lines of a text as an editor counts them. */
function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** The value below which the share `p` (0..1) of the numbers lies, nearest rank; 0 when there are none. */
export function percentile(numbers: readonly number[], p: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * p) - 1)] ?? 0;
}

/** Single files and functions that are too long. */
export function tooLong(files: readonly SourceFile[]): Problem[] {
  return files.flatMap((file) => {
    const lines = linesOf(file.text);
    const max = file.path.endsWith('.tsx') ? sizeLimits.componentMax : sizeLimits.functionMax;
    const long = functionsOf(file.text).filter((found) => found.lines > max);
    const problems = long.map((found) => ({
      path: file.path,
      line: found.line,
      message: `${found.name} has ${found.lines} lines, ${max} is the most; take a step out and name it`,
    }));
    if (lines <= sizeLimits.fileMax) return problems;
    const message = `the file has ${lines} lines, ${sizeLimits.fileMax} is the most; split it by noun`;
    return [...problems, { path: file.path, line: 1, message }];
  });
}

/** The usual size of files and functions, against the limits; the longest are named, as splitting those helps. */
export function spread(files: readonly SourceFile[]): Problem[] {
  const sizes = files.map((file) => ({ path: file.path, line: 1, lines: linesOf(file.text) }));
  const functions = files.flatMap((file) =>
    functionsOf(file.text).map(({ line, lines }) => ({ path: file.path, line, lines })),
  );
  return [
    over(sizes, 0.5, sizeLimits.fileMedian, 'median file'),
    over(sizes, 0.9, sizeLimits.fileP90, '90th percentile of files'),
    over(functions, 0.5, sizeLimits.functionMedian, 'median function'),
  ].flat();
}

interface Sized {
  readonly path: string;
  readonly line: number;
  readonly lines: number;
}

function over(all: readonly Sized[], p: number, limit: number, what: string): Problem[] {
  const lines = percentile(
    all.map((one) => one.lines),
    p,
  );
  const longest = all.toSorted((a, b) => b.lines - a.lines)[0];
  if (lines <= limit || longest === undefined) return [];
  const message = `the ${what} has ${lines} lines, ${limit} is the most; this is the longest (${longest.lines}): split it`;
  return [{ path: longest.path, line: longest.line, message }];
}
