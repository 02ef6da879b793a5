import { Box, Card, Flex, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CellInput } from './cell-input.tsx';
import { lineOf } from './import-file.ts';
import { namesOf, type Placed, type RowsProps } from './rows.ts';
import { RowVerdict } from './row-verdict.tsx';

interface MendListProps extends RowsProps {
  readonly rows: readonly Placed[];
}

/** Rows that cannot be paid as they are: what is wrong is a field with what to do below it, the rest of the row is beside it. */
export function MendList({ rows, ...table }: MendListProps) {
  const { t } = useTranslation('import');
  return (
    <Stack component="ul" gap="sm" p={0} m={0} aria-label={t('rows.title')} style={{ listStyle: 'none' }}>
      {rows.map((row) => (
        <MendRow key={row.at} row={row} {...table} />
      ))}
    </Stack>
  );
}

function MendRow({ row, file, check, onCell }: RowsProps & { readonly row: Placed }) {
  const { t } = useTranslation('import');
  const names = namesOf(check, row);
  const isShifted = row.cells.length > check.header.length;
  const isWrong = (column: number) => isShifted || row.errors.some((error) => error.column === names[column]);
  // What was once wrong stays a field: mended, it does not go away under the fingers.
  const [before] = useState(() => new Set([...names.keys()].filter((column) => isWrong(column))));
  const fields = [...names.keys()].filter((column) => before.has(column) || isWrong(column));
  const rest = names.flatMap((name, column) => {
    const text = row.cells[column] ?? '';
    return fields.includes(column) || text === '' ? [] : [{ name, text }];
  });
  const line = lineOf(file, check, row.at);
  return (
    <Card component="li" withBorder padding="md">
      <Group justify="space-between" align="baseline" gap="xs" mb="xs">
        <Text fw={650}>{t('verdict.line', { line })}</Text>
        <RowVerdict row={row} header={names} />
      </Group>
      <Flex wrap="wrap" gap="md" align="flex-start">
        {fields.map((column) => (
          <Box key={column} flex="1 1 220px" maw={340}>
            <CellInput
              text={row.cells[column] ?? ''}
              label={names[column] === '' ? t('rows.surplus') : (names[column] ?? '')}
              name={t('rows.cell', { column: names[column], line })}
              errors={row.errors.filter((error) => error.column === names[column])}
              open
              onText={(text) => onCell({ row: row.at, column, text })}
            />
          </Box>
        ))}
        <Flex component="dl" wrap="wrap" gap="4px 20px" m={0} flex="2 1 260px">
          {rest.map(({ name, text }) => (
            <Box key={name} maw="100%">
              <Text component="dt" size="xs" c="dimmed">
                {name}
              </Text>
              <Text component="dd" size="sm" m={0} className="anywhere">
                {text}
              </Text>
            </Box>
          ))}
        </Flex>
      </Flex>
    </Card>
  );
}
