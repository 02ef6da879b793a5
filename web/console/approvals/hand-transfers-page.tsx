import { Anchor, Chip, Group, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { handMethods } from '../../../src/core/hand-transfer.ts';
import { useFilters } from '../../app/filters.ts';
import { money } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { HandTransfer } from '../../client/types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Figure } from '../../ui/figure.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { DeedDialog } from '../payouts/deed-dialog.tsx';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { useHandColumns } from './hand-columns.tsx';
import { methodNamed, useHandTransfers } from './hand-query.ts';
import { PaidFileDialog } from './paid-file-dialog.tsx';
import { queueQuery } from './queue-query.ts';

type Open = 'export' | 'file' | HandTransfer | null;

/** Transfers that people make: what is to be paid, handed over as a file, and said to be paid. */
export function HandTransfersPage() {
  const { t } = useTranslation('approvals');
  const [filters, change] = useFilters();
  const [open, setOpen] = useState<Open>(null);
  const method = methodNamed(filters['method']);
  const waiting = useHandTransfers(method);
  const { data, error, refetch } = waiting;
  const { data: queue } = useQuery(queueQuery);
  const rows = data?.pages.flatMap((page) => page.data);
  const mayMark = useMay('approve');
  const columns = useHandColumns(mayMark, setOpen);
  const close = () => setOpen(null);
  return (
    <>
      <Anchor component={Link} to="/approvals" size="sm">
        {t('hand.toQueue')}
      </Anchor>
      <PageHead
        title={t('hand.title')}
        lead={t('hand.lead')}
        actions={<Deeds canExport={(queue?.byHand.length ?? 0) > 0} mayMark={mayMark} onOpen={setOpen} />}
      />
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" mb="md">
        {queue?.byHand.map((group) => (
          <Figure
            key={`${group.method} ${group.currency}`}
            name={t('hand.group', { method: t(`hand.methods.${group.method}`), currency: group.currency })}
            note={t('hand.groupNote', { count: group.count, exported: group.exported })}
          >
            {money(group.total, group.currency)}
          </Figure>
        ))}
      </SimpleGrid>
      <Chip.Group
        value={method ?? 'all'}
        onChange={(value) => change({ method: Array.isArray(value) || value === 'all' ? '' : value })}
      >
        <Group gap="xs" mb="md">
          {['all', ...handMethods].map((value) => (
            <Chip key={value} value={value} variant="light">
              {value === 'all' ? t('hand.all') : t(`hand.methods.${value}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {error !== null && rows === undefined ? (
        <TroubleNote error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable<HandTransfer>
          caption={t('hand.waiting')}
          columns={columns}
          rows={rows}
          idOf={({ payoutId }) => payoutId}
          empty={<Empty title={t('hand.empty')}>{t('hand.emptyWords')}</Empty>}
        />
      )}
      <MoreButton list={waiting}>{t('more')}</MoreButton>
      {open === 'export' && <ExportDialog groups={queue?.byHand ?? []} onClose={close} />}
      {open === 'file' && <PaidFileDialog onClose={close} />}
      {open !== null && typeof open === 'object' && (
        <DeedDialog deed="mark_paid" payout={{ ...open, id: open.payoutId }} onClose={close} />
      )}
    </>
  );
}

interface DeedsProps {
  readonly canExport: boolean;
  readonly mayMark: boolean;
  readonly onOpen: (open: Open) => void;
}

function Deeds({ canExport, mayMark, onOpen }: DeedsProps) {
  const { t } = useTranslation('approvals');
  const mayReveal = useMay('reveal');
  const whyNotExport = mayReveal ? (canExport ? null : t('hand.why.nothing')) : t('hand.why.role_reveal');
  return (
    <>
      <ReasonedButton why={whyNotExport} onClick={() => onOpen('export')}>
        {t('hand.export')}
      </ReasonedButton>
      <ReasonedButton
        variant="default"
        why={mayMark ? null : t('hand.why.role_approve')}
        onClick={() => onOpen('file')}
      >
        {t('hand.markFile')}
      </ReasonedButton>
    </>
  );
}
