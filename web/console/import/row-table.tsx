import { Button, SegmentedControl, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../app/format.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { CellInput } from './cell-input.tsx';
import { lineOf } from './import-file.ts';
import { MendList } from './mend-list.tsx';
import { badRowsOf, namesOf, type Placed, type RowsProps } from './rows.ts';
import { RowVerdict } from './row-verdict.tsx';

/** Rows drawn at once. */
const shownAtOnce = 50;

/** The rows of a file, those to mend first: each is mended where it stands. */
export function RowTable({ file, check, onCell }: RowsProps) {
  const { t } = useTranslation('import');
  const [wanted, setWanted] = useState<'bad' | 'all'>('bad');
  const [shown, setShown] = useState(shownAtOnce);
  // Rows that are mended stay where they are until another file comes.
  const [mending] = useState(() => new Set(badRowsOf(check)));
  const which = mending.size + check.badRows === 0 ? 'all' : wanted;
  const rows = check.rows
    .map((row, at): Placed => ({ ...row, at }))
    .filter((row) => which === 'all' || row.errors.length > 0 || mending.has(row.at));
  const drawn = rows.slice(0, shown);
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
      {which === 'bad' ? (
        <MendList rows={drawn} file={file} check={check} onCell={onCell} />
      ) : (
        <DataTable
          caption={t('rows.title')}
          rows={drawn}
          idOf={({ at }) => String(at)}
          empty={null}
          isWide
          columns={columnsOf({ file, check, onCell }, rows, t)}
        />
      )}
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

/** The columns that are read, those where something is wrong, and what is said of the row as a whole. */
function columnsOf(table: RowsProps, rows: readonly Placed[], t: TFunction): Column<Placed>[] {
  const { file, check, onCell } = table;
  const read = new Set(Object.values(check.columns));
  const wrong = new Set(rows.flatMap((row) => row.errors.map(({ column }) => column)));
  const names = namesOf(check, ...rows);
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
    {
      key: 'line',
      head: t('rows.line'),
      cell: (row) => <Text size="sm">{count(lineOf(file, check, row.at))}</Text>,
    },
    ...shown,
    {
      key: 'verdict',
      head: t('rows.verdict'),
      names: true,
      cell: (row) => <RowVerdict row={row} header={names} />,
    },
  ];
}
