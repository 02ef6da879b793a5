import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { later } from '../../app/later.tsx';
import { meQuery } from '../../app/me.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Section } from '../../ui/section.tsx';
import { isRunProvider } from '../cycles/cycle-query.ts';
import { ChooseFile } from './choose-file.tsx';
import { checkQuery, type Where } from './import-calls.ts';
import { type ImportFile, withCell } from './import-file.ts';
import { LeftOutFiles } from './left-out-files.tsx';
import { RowTable } from './row-table.tsx';
import { FileVerdict } from './file-verdict.tsx';
import { forgetFile, keepFile, keptFile } from './kept-file.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { WhereTo } from './where.tsx';
import './import.css';

// Nobody records before a file has been looked at.
const ImportOutlook = later(async () => (await import('./import-outlook.tsx')).ImportOutlook);
const RecordPanel = later(async () => (await import('./record-panel.tsx')).RecordPanel);

/** A file as it lies in this page; no two files, and no two states of one, have the same `version`. */
interface Held {
  readonly file: ImportFile;
  readonly version: number;
  /** Leaving the page does not lose it. */
  readonly isKept: boolean;
}

/** From a file to paid people: judged cell by cell, mended in place, recorded, paid. */
export function ImportPage() {
  const { t } = useTranslation(['import', 'cycles', 'batches']);
  const [filters, change] = useFilters();
  const me = useQuery(meQuery).data?.id ?? '';
  const [kept] = useState(() => keptFile(me));
  const [held, setHeld] = useState<Held | null>(kept && { file: kept.file, version: 0, isKept: true });
  const provider = filters['provider'] ?? kept?.where.provider;
  const where: Where = {
    cycleId: filters['cycle'] ?? kept?.where.cycleId ?? '',
    provider: isRunProvider(provider) ? provider : 'paypal',
  };
  const versions = useRef(0);
  const take = (file: ImportFile) => {
    versions.current += 1;
    setHeld({ file, version: versions.current, isKept: keepFile(me, { file, where }) });
  };
  const go = (next: Where) => {
    if (held !== null) keepFile(me, { file: held.file, where: next });
    change({ cycle: next.cycleId, provider: next.provider });
  };
  const takeAnother = () => {
    forgetFile();
    setHeld(null);
  };
  return (
    <Stack gap="lg">
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={
          held !== null && (
            <Button variant="default" onClick={takeAnother}>
              {t('another')}
            </Button>
          )
        }
      />
      <Section title={t('where.title')}>
        <WhereTo where={where} onChange={go} />
      </Section>
      {held === null ? (
        <ChooseFile onFile={take} />
      ) : where.cycleId === '' ? (
        <Text>{t('where.missing', { file: held.file.name })}</Text>
      ) : (
        <Judged held={held} where={where} onFile={take} />
      )}
      <LeftOutFiles cycleId={where.cycleId === '' ? null : where.cycleId} />
    </Stack>
  );
}

interface JudgedProps {
  readonly held: Held;
  readonly where: Where;
  readonly onFile: (file: ImportFile) => void;
}

function Judged({ held: { file, version, isKept }, where, onFile }: JudgedProps) {
  const { t } = useTranslation('import');
  const [recorded, setRecorded] = useState<ImportFile | null>(null);
  const { data, error, refetch, isPlaceholderData, isFetching } = useQuery(checkQuery(file, version, where));
  if (error !== null) return <TroubleNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton h={320} />;
  if (data.issue !== null) return <FileVerdict file={file} check={data} />;
  const panel = (
    <RecordPanel
      file={file}
      check={data}
      where={where}
      stale={isPlaceholderData}
      onRecorded={() => {
        forgetFile();
        setRecorded(file);
      }}
    />
  );
  return (
    <div className="import">
      <LeaveGuard isOn={'rows' in file && !isKept && recorded !== file} />
      <Section title={file.name}>
        <FileVerdict file={file} check={data} />
        <RowTable file={file} check={data} onCell={(cell) => onFile(withCell(file, data, cell))} />
        <Text size="sm" c="dimmed" mih={24} aria-live="polite">
          {isFetching && isPlaceholderData ? t('again') : ''}
        </Text>
      </Section>
      <div className="import-beside">
        {data.outlook === null ? (
          panel
        ) : (
          <ImportOutlook outlook={data.outlook} rows={data.rows}>
            {panel}
          </ImportOutlook>
        )}
      </div>
    </div>
  );
}
