import path from 'node:path';
import { lineAt, type Problem, type SourceFile } from './files.ts';

/** Blanks fenced blocks and `code`, where nothing is a link or a title; lengths and line breaks stay. */
function prose(text: string): string {
  const blank = (part: string) => part.replaceAll(/[^\n]/g, ' ');
  return text.replaceAll(/^(```+|~~~+)[^]*?^\1[^\n]*$/gm, blank).replaceAll(/`[^`\n]*`/g, blank);
}

/** Relative links that lead nowhere. `exists` is asked with a path from the root. */
export function linkProblems(files: readonly SourceFile[], exists: (path: string) => boolean): Problem[] {
  const link = /\]\(\s*<?([^)\s>]+)>?[^)]*\)|^[ \t]*\[[^\]]+\]:[ \t]*<?([^\s>]+)/gm;
  return files.flatMap((file) =>
    [...prose(file.text).matchAll(link)].flatMap((match) => {
      const target = decodeURI(match[1] ?? match[2] ?? '');
      const [place = ''] = target.split(/[#?]/, 1);
      if (place === '' || /^[a-z][a-z+.-]*:/i.test(target)) return [];
      const at = place.startsWith('/')
        ? place.slice(1)
        : path.posix.join(path.posix.dirname(file.path), place);
      if (exists(at)) return [];
      const message = `links to ${place}, which does not exist; mend the link`;
      return [{ path: file.path, line: lineAt(file.text, match.index), message }];
    }),
  );
}

/** Every document has one title, on its own level. */
export function titleProblems(files: readonly SourceFile[]): Problem[] {
  return files.flatMap((file) => {
    const titles = [...prose(file.text).matchAll(/^# \S/gm)];
    if (titles.length === 1) return [];
    const second = titles[1];
    const line = second === undefined ? 1 : lineAt(file.text, second.index);
    return [{ path: file.path, line, message: `has ${titles.length} titles (# …); a document has one` }];
  });
}
