import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '../../client/types.ts';

/** What becomes of a row, and what no cell of it can say. */
export function RowVerdict({ row, header }: { readonly row: ImportRow; readonly header: readonly string[] }) {
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
