import { Button, FileInput, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import type { MarkPaidFileResults, PaidRowResult } from '../../client/types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Note } from '../../ui/note.tsx';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Says by file what was paid; each row is judged by itself. */
export function PaidFileDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('approvals');
  return (
    <Dialog onClose={onClose} title={t('hand.fileTitle')} size="xl">
      <PaidFileForm onClose={onClose} />
    </Dialog>
  );
}

function PaidFileForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('approvals');
  const [file, setFile] = useState<File | null>(null);
  const mark = useDeed(
    async (given: File, idempotencyKey) =>
      api.post('/payouts/mark-paid-file', { body: { csv: await given.text() }, idempotencyKey }),
    { what: () => t('hand.fileNow') },
  );
  const { form, at } = useForm(() => {
    if (file && !mark.isPending) mark.mutate(file);
  }, mark.error);
  if (mark.data) return <Results results={mark.data} onClose={onClose} />;
  return (
    <form {...form}>
      <Stack>
        <Text>{t('hand.fileLead')}</Text>
        <FileInput
          label={t('hand.file')}
          description={t('hand.fileHint')}
          placeholder={t('hand.fileChoose')}
          accept=".csv,text/csv,text/plain"
          required
          value={file}
          {...at('csv', file === null ? t('common:form.file') : undefined)}
          onChange={setFile}
        />
        <DeedTrouble error={mark.error} fields={{ csv: null }} />
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('hand.back')}</Back>
          <Button type="submit" loading={mark.isPending}>
            {t('hand.fileNow')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ResultsProps {
  readonly results: MarkPaidFileResults;
  readonly onClose: () => void;
}

function Results({ results: { counts, results }, onClose }: ResultsProps) {
  const { t } = useTranslation('approvals');
  const others = results.length - counts.paid - counts.already_paid;
  return (
    <Stack>
      <Note tone="good" urgent title={t('hand.fileDone', { count: counts.paid })} />
      {others > 0 && <Note tone="warn" title={t('hand.fileOthers', { count: others })} />}
      <DataTable<PaidRowResult>
        caption={t('hand.rows')}
        rows={results}
        idOf={({ index }) => String(index)}
        empty={null}
        columns={[
          { key: 'line', head: t('hand.row.line'), cell: ({ line, index }) => line ?? index + 1 },
          { key: 'result', head: t('hand.row.result'), cell: ({ result }) => t(`hand.results.${result}`) },
          { key: 'payout', head: t('hand.row.payout'), cell: ({ payoutId }) => payoutId ?? '–' },
          { key: 'message', head: t('hand.row.message'), wide: true, cell: ({ message }) => message },
        ]}
      />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('hand.close')}</Button>
      </Group>
    </Stack>
  );
}
