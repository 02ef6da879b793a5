import type { TeamLanguage } from '../core/language.ts';
import type { FaultFact } from './fault-table.ts';
import { sentencesOf } from './fault-table.ts';
import type { FileFaultName } from './file-faults.ts';
import { fileFaults } from './file-faults.ts';

/** Largest pay file, in bytes (2 GiB): about 20 million short rows, more than `rowsMax` ever needs. */
export const fileBytesMax = 2 * 1024 ** 3;
/** Most rows with content in one pay file. Finding duplicates costs about 100 bytes of memory per row. */
export const rowsMax = 1_000_000;
/** Longest line (one row with all its cells), in bytes. Longer ones are nearly always a quote that was never closed. */
export const lineBytesMax = 65_536;
/** Most rows handed over at once. */
export const batchRowsMax = 5_000;

/** Why nothing of a file can be used. */
export type FileIssueCode =
  | 'file_not_found'
  | 'file_unreadable'
  | 'file_empty'
  | 'file_too_large'
  | 'file_binary'
  | 'file_encoding'
  | 'file_quotes'
  | 'file_line_too_long'
  | 'file_too_many_rows'
  | 'file_no_rows'
  | 'header_unknown'
  | 'header_missing_columns'
  | 'header_repeated_column'
  | 'method_not_paid_by_file';

/** A problem of the file as a whole. Reading moves no money: whoever shows this says so. `line` counts from 1. */
export interface FileIssue {
  readonly code: FileIssueCode;
  readonly line: number | null;
  readonly message: string;
  readonly howToFix: string;
}

/** Why one row cannot be paid. */
export type RowIssueCode =
  | 'amount_missing'
  | 'amount_not_a_number'
  | 'amount_comma'
  | 'amount_negative'
  | 'amount_zero'
  | 'amount_too_many_decimals'
  | 'amount_too_large'
  | 'currency_missing'
  | 'currency_unknown'
  | 'currency_conversion'
  | 'payee_missing'
  | 'email_invalid'
  | 'destination_invalid'
  | 'method_unknown'
  | 'method_not_paid_by_file'
  | 'venmo_not_paid'
  | 'schedule_not_supported'
  | 'reference_missing'
  | 'reference_duplicate'
  | 'payee_two_addresses'
  | 'formula_cell'
  | 'control_character'
  | 'cell_masked'
  | 'text_too_long'
  | 'customer_id_invalid'
  | 'too_many_cells'
  /** The check handed in by the caller, e.g. a provider's own rule. */
  | 'check_failed';

/** What is wrong with one cell, and how to write it. `column` is the name in the file's own header. */
export interface RowIssue {
  readonly line: number;
  readonly column: string;
  readonly code: RowIssueCode;
  readonly message: string;
  readonly howToFix: string;
}

/**
 * Carries a file issue out of the streams that found it, as a stream can only stop by an error. `readPayFile` catches
 * it and returns the issue.
 */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  readonly #fault: FileFaultName;
  readonly #facts: readonly FaultFact[];
  readonly #line: number | null;

  constructor(fault: FileFaultName, facts: readonly FaultFact[], line: number | null) {
    super(sentencesOf(fileFaults[fault], facts, 'en').message);
    this.#fault = fault;
    this.#facts = facts;
    this.#line = line;
  }

  /** The issue in the language of whoever reads it. */
  issueIn(language: TeamLanguage): FileIssue {
    const known = fileFaults[this.#fault];
    return { code: known.code, line: this.#line, ...sentencesOf(known, this.#facts, language) };
  }
}

/** A problem found while streaming. */
export function fileProblem(
  fault: FileFaultName,
  facts: readonly FaultFact[] = [],
  line: number | null = null,
): FileProblem {
  return new FileProblem(fault, facts, line);
}
