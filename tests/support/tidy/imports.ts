import path from 'node:path';
import { lineAt, type Problem, type SourceFile } from './files.ts';
import { mask } from './mask.ts';

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** False for `import type` and `export type`: those are gone at run time. */
  readonly value: boolean;
  /** `export … from`. */
  readonly reExport: boolean;
}

const forms = [
  /\b(?<verb>import|export)\b(?<clause>[^'"`;()=]*?)\bfrom\s*(?<quote>['"])/g,
  /\b(?<verb>import)\s*\(?\s*(?<quote>['"`])/g,
];

/** Every import of a source text: static, `export … from`, for side effects, and `import('…')`. */
export function importsOf(text: string): Import[] {
  const { code } = mask(text);
  const found = forms.flatMap((form) =>
    [...code.matchAll(form)].map((match) => {
      const { verb, clause = '', quote = '' } = match.groups ?? {};
      const open = match.index + match[0].length;
      return {
        specifier: text.slice(open, text.indexOf(quote, open)),
        line: lineAt(text, match.index),
        value: !/^\s*type\s+(?!from\b)[\w$*{]/.test(`${clause}{`),
        reExport: verb === 'export',
      };
    }),
  );
  return found.toSorted((a, b) => a.line - b.line);
}

/** The file a relative import means, from the root. */
export function resolveImport(from: string, specifier: string): string {
  return path.posix.join(path.posix.dirname(from), specifier);
}

/** Re-exports and `index.ts` files: a name has one home, and is imported from there. */
export function barrelProblems(files: readonly SourceFile[]): Problem[] {
  return files.flatMap((file) => {
    const reExports = importsOf(file.text).filter((found) => found.reExport);
    const message = 'hands on names of another file; import them where they are written';
    const problems = reExports.map(({ line }) => ({ path: file.path, line, message }));
    if (path.posix.basename(file.path) !== 'index.ts') return problems;
    return [...problems, { path: file.path, line: 1, message: 'index.ts says nothing; name it by its noun' }];
  });
}

/** Relative imports without `.ts`, or of a file that does not exist. */
export function specifierProblems(files: readonly SourceFile[]): Problem[] {
  const known = new Set(files.map((file) => file.path));
  return files.flatMap((file) =>
    importsOf(file.text)
      .filter(({ specifier }) => specifier.startsWith('.') && !/\.(?:json|css)$/.test(specifier))
      .filter(({ specifier }) => !known.has(resolveImport(file.path, specifier)))
      .map(({ specifier, line }) => ({
        path: file.path,
        line,
        message: `imports '${specifier}', which is not a file here; relative imports end in .ts or .tsx`,
      })),
  );
}

/** Circles of value imports, each named once with the whole way round. */
export function cycleProblems(files: readonly SourceFile[]): Problem[] {
  const edges = new Map(
    files.map((file) => [
      file.path,
      importsOf(file.text)
        .filter(({ value, specifier }) => value && specifier.startsWith('.'))
        .map(({ specifier, line }) => ({ to: resolveImport(file.path, specifier), line })),
    ]),
  );
  const done = new Set<string>();
  const problems: Problem[] = [];
  const walk = (at: string, way: readonly string[]) => {
    for (const { to, line } of edges.get(at) ?? []) {
      const start = way.indexOf(to);
      if (start !== -1) {
        const round = [...way.slice(start), to].join(' → ');
        problems.push({
          path: at,
          line,
          message: `closes a circle of imports: ${round}; move what both need`,
        });
      } else if (!done.has(to)) {
        walk(to, [...way, to]);
      }
    }
    done.add(at);
  };
  for (const file of files) if (!done.has(file.path)) walk(file.path, [file.path]);
  return problems;
}
