import type { CsvRecord } from './csv-records.ts';
import { restore } from './csv.ts';
import type { TeamLanguage } from '../core/language.ts';
import type { FaultFact } from './fault-table.ts';
import { sentencesOf } from './fault-table.ts';
import type { RowIssue } from './file-issues.ts';
import { rowFaults, type RowFaultName } from './row-faults.ts';
import { columnName, type Field, type PayFileFormat } from './file-shapes.ts';
import { type Cell, cellIssue, type CellIssue, isGood } from './pay-cells.ts';

/** Collects the issues of one row; `take` gives the value of a good cell. */
export class RowReader {
  readonly issues: RowIssue[] = [];
  readonly #record: CsvRecord;
  readonly #format: PayFileFormat;

  readonly #language: TeamLanguage;

  constructor(record: CsvRecord, format: PayFileFormat, language: TeamLanguage) {
    this.#language = language;
    this.#record = record;
    this.#format = format;
  }

  text(field: Field): string {
    return this.#cell(field).trim();
  }

  /** Like `text`, but a tab at the start stays, as it makes a formula cell. */
  id(field: Field): string {
    return this.#cell(field)
      .replace(/^[^\S\t]+/, '')
      .trimEnd();
  }

  #cell(field: Field): string {
    const at = this.#format.columns.get(field);
    return at === undefined ? '' : restore(this.#record.cells[at] ?? '');
  }

  take<T>(field: Field, cell: Cell<T>): T | null {
    if (isGood(cell)) return cell.value;
    this.fail(field, cell);
    return null;
  }

  fail(field: Field, { code, name, facts }: CellIssue): void {
    const column = columnName(this.#format, field);
    const words = sentencesOf(rowFaults[name], facts, this.#language);
    this.issues.push({ line: this.#record.line, column, code, ...words });
  }

  reject(field: Field, name: RowFaultName, ...facts: FaultFact[]): void {
    this.fail(field, cellIssue(name, ...facts));
  }
}
