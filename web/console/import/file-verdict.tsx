import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { count, moneyList } from '../../app/format.ts';
import type { ImportCheck } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';
import { errorFileOf } from './error-file.ts';
import type { ImportFile } from './import-file.ts';
import { saveFile } from './save-file.ts';

/** What kind of file it is and how many of its rows are good; or why nothing of it can be used. */
export function FileVerdict({ file, check }: { readonly file: ImportFile; readonly check: ImportCheck }) {
  const { t } = useTranslation('import');
  const { issue, shape, headerless, goodRows, badRows, rowCount } = check;
  if (issue !== null)
    return (
      <Note tone="bad" urgent title={issue.error}>
        <Text>{issue.howToFix}</Text>
        {issue.line !== null && <Text size="sm">{t('verdict.line', { line: count(issue.line) })}</Text>}
      </Note>
    );
  return (
    <Group justify="space-between" align="flex-start">
      <div>
        <Text fw={650} size="lg" aria-live="polite">
          {badRows === 0
            ? t('verdict.good', { count: rowCount, n: count(rowCount) })
            : t('verdict.bad', { count: badRows, n: count(badRows), good: count(goodRows) })}
        </Text>
        <Text c="dimmed" size="sm">
          {t(headerless ? 'verdict.headerless' : 'verdict.shape', { shape: t(`shape.${shape ?? 'purser'}`) })}
        </Text>
        {goodRows > 0 && <Text size="sm">{t('verdict.totals', { total: moneyList(check.totals) })}</Text>}
      </div>
      {badRows > 0 && (
        <Button
          variant="default"
          onClick={() => saveFile(t('verdict.errorFile', { name: file.name }), errorFileOf(file, check))}
        >
          {t('verdict.download', { count: badRows, n: count(badRows) })}
        </Button>
      )}
    </Group>
  );
}
