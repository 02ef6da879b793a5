import { Button, SegmentedControl, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../app/format.ts';
import type { ImportCheck, ImportRow } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { CellInput } from './cell-input.tsx';
import { type ImportFile, lineOf } from './import-file.ts';

/** Rows drawn at once. */
const shownAtOnce = 50;

interface RowTableProps {
  readonly file: ImportFile;
  readonly check: ImportCheck;
  readonly onCell: (cell: { row: number; column: number; text: string }) => void;
}

/** A row with its place in the file. */
interface Placed extends ImportRow {
  readonly at: number;
}

/** The rows of a file; what is wrong in a cell stands in it, and is mended there. */
export function RowTable({ file, check, onCell }: RowTableProps) {
  const { t } = useTranslation('import');
  const [wanted, setWanted] = useState<'bad' | 'all'>('bad');
  const [shown, setShown] = useState(shownAtOnce);
  // Rows that are mended stay where they are until another file comes.
  const [mending] = useState(() => new Set(badRowsOf(check)));
  const which = mending.size + check.badRows === 0 ? 'all' : wanted;
  const rows = check.rows
    .map((row, at): Placed => ({ ...row, at }))
    .filter((row) => which === 'all' || row.errors.length > 0 || mending.has(row.at));
  return (
    <Stack gap="sm">
      {mending.size + check.badRows > 0 && (
        <SegmentedControl
          aria-label={t('rows.filter')}
          value={which}
          onChange={(value) => setWanted(value === 'all' ? 'all' : 'bad')}
          data={[
            { value: 'bad', label: t('rows.bad', { n: count(check.badRows) }) },
            { value: 'all', label: t('rows.all', { n: count(check.rowCount) }) },
          ]}
          style={{ alignSelf: 'flex-start' }}
        />
      )}
      <DataTable
        caption={t('rows.title')}
        rows={rows.slice(0, shown)}
        idOf={({ at }) => String(at)}
        empty={null}
        columns={columnsOf({ file, check, onCell }, rows, t)}
      />
      {rows.length > shown && (
        <Button
          variant="default"
          onClick={() => setShown(shown + shownAtOnce)}
          style={{ alignSelf: 'center' }}
        >
          {t('rows.more')}
        </Button>
      )}
    </Stack>
  );
}

/** Where the rows stand that cannot be paid as they are. */
function badRowsOf({ rows }: ImportCheck): number[] {
  return rows.flatMap((row, at) => (row.errors.length > 0 ? [at] : []));
}

/** The columns that are read, those where something is wrong, and what is said of the row as a whole. */
function columnsOf(table: RowTableProps, rows: readonly Placed[], t: TFunction): Column<Placed>[] {
  const { file, check, onCell } = table;
  const read = new Set(Object.values(check.columns));
  const wrong = new Set(rows.flatMap((row) => row.errors.map(({ column }) => column)));
  const isWide = rows.some(({ cells }) => cells.length > check.header.length);
  const widest = Math.max(check.header.length, ...rows.map(({ cells }) => cells.length));
  const names = Array.from(
    { length: isWide ? widest : check.header.length },
    (_, at) => check.header[at] ?? '',
  );
  const shown = names.flatMap((name, column): Column<Placed>[] =>
    name === '' || read.has(name) || wrong.has(name)
      ? [
          {
            key: `${column}`,
            head: name === '' ? t('rows.surplus') : name,
            cell: (row) => (
              <CellInput
                text={row.cells[column] ?? ''}
                name={t('rows.cell', { column: name, line: lineOf(file, check, row.at) })}
                errors={row.errors.filter((error) => error.column === name)}
                open={row.cells.length > check.header.length}
                onText={(text) => onCell({ row: row.at, column, text })}
              />
            ),
          },
        ]
      : [],
  );
  return [
    { key: 'line', head: t('rows.line'), cell: (row) => count(lineOf(file, check, row.at)) },
    ...shown,
    {
      key: 'verdict',
      head: t('rows.verdict'),
      names: true,
      cell: (row) => <Verdict row={row} header={names} />,
    },
  ];
}

/** What becomes of a row, and what no cell of it can say. */
function Verdict({ row, header }: { readonly row: ImportRow; readonly header: readonly string[] }) {
  const { t } = useTranslation('import');
  const others = row.errors.filter(({ column }) => !header.includes(column));
  return (
    <div>
      <Text size="sm" fw={600} c={row.errors.length > 0 ? 'var(--mantine-color-error)' : 'inherit'}>
        {t(row.errors.length > 0 ? 'record.bad' : `record.${row.record ?? 'new'}`)}
      </Text>
      {others.map((error) => (
        <Text key={error.code} size="sm">{`${error.column}: ${error.error} ${error.howToFix}`}</Text>
      ))}
      {row.warnings.map((warning) => (
        <Text key={warning} size="sm" c="dimmed" maw={320}>
          {warning}
        </Text>
      ))}
    </div>
  );
}
