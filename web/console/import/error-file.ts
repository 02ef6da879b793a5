import { type ErrorFormat, errorHeader, errorLine } from '../../../src/wire/error-rows.ts';
import type { ImportCheck } from '../../client/types.ts';
import { type ImportFile, lineOf } from './import-file.ts';

/**
 * The bad rows in the columns of their file, each with its reference, what is wrong and what would mend it: what
 * `purser pay` writes. Corrected, it is a file to import.
 */
export function errorFileOf(file: ImportFile, check: ImportCheck): string {
  const format = formatOf(check);
  const lines = check.rows.flatMap(({ reference, cells, errors }, at) => {
    if (errors.length === 0) return [];
    const issues = errors.map(({ column, error: message, howToFix }) => ({ column, message, howToFix }));
    return [errorLine({ line: lineOf(file, check, at), reference, cells, issues }, format)];
  });
  return errorHeader(format) + lines.join('');
}

/** How the file was read. */
function formatOf({ shape, header, columns }: ImportCheck): ErrorFormat {
  const places = new Map(Object.entries(columns).map(([field, name]) => [field, header.indexOf(name)]));
  return { shape, delimiter: ',', header, columns: places } as ErrorFormat;
}
