import i18next from 'i18next';
import { datesOf } from '../../../src/core/when.ts';
import type { Range } from './range.ts';

/** "6 Mar", "Mar 2026": a period as short as it can be told. Periods are in UTC. */
export function periodWords(by: Range['by'], period: string): string {
  const parts =
    by === 'month'
      ? ({ month: 'short', year: 'numeric' } as const)
      : ({ day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(datesOf(i18next.language), { ...parts, timeZone: 'UTC' }).format(
    new Date(period),
  );
}
