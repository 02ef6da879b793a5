import { Paper, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { count, money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Preview } from '../../client/types.ts';
import { Money } from '../../ui/money.tsx';
import { Note } from '../../ui/note.tsx';
import { Compared } from './compared.tsx';
import { Duplicates } from './duplicates.tsx';
import { FloatFor } from './float-for.tsx';
import { LeftOut } from './left-out.tsx';

interface DryRunProps {
  readonly preview: UseQueryResult<Preview>;
  /** A batch of the cycle is under way. */
  readonly paused: boolean;
}

/** What a run would do, without doing it. */
export function DryRun({ preview, paused }: DryRunProps) {
  const { t } = useTranslation('cycles');
  const { data, error, refetch } = preview;
  return (
    <Paper withBorder p="lg" component="section" aria-label={t('dryRun.title')}>
      <Stack gap="lg">
        <div>
          <Title order={2}>{t('dryRun.title')}</Title>
          <Text size="sm" c="dimmed">
            {t(paused ? 'dryRun.paused' : 'dryRun.lead')}
          </Text>
        </div>
        {!paused && error !== null && <TroubleNote error={error} onRetry={() => void refetch()} />}
        {!paused && data === undefined && error === null && <Skeleton h={280} />}
        {!paused && data !== undefined && <DryRunFacts preview={data} />}
      </Stack>
    </Paper>
  );
}

function DryRunFacts({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation('cycles');
  const { eligibleCount, refusedItems } = preview;
  return (
    <>
      {eligibleCount === 0 && preview.notEligible.length === 0 && (
        <Text c="dimmed">{t(preview.triedBefore?.length ? 'dryRun.leftOut' : 'dryRun.nothing')}</Text>
      )}
      {refusedItems !== null && refusedItems.count > 0 && (
        <Note tone="warn" title={t('dryRun.refused', { count: refusedItems.count })}>
          {refusedItems.examples.map(({ reference, message }) => (
            <Text key={reference} size="sm">{`${reference}: ${message}`}</Text>
          ))}
        </Note>
      )}
      {eligibleCount > 0 && (
        <>
          <FloatFor float={preview.float} />
          <Duplicates found={preview.suspectedDuplicates} />
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
            <Stack gap="lg">
              <Look preview={preview} />
              <Compared last={preview.comparedWithLast ?? null} />
            </Stack>
            <Largest preview={preview} />
          </SimpleGrid>
        </>
      )}
      <LeftOut rows={preview.notEligible} />
    </>
  );
}

/** What deserves a second look, in numbers. */
function Look({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation('cycles');
  const facts = [
    ['newPayees', preview.newPayees ?? 0],
    ['changedMethods', preview.changedMethods ?? 0],
    ['sharedAccounts', preview.sharedAccounts ?? 0],
  ] as const;
  return (
    <SimpleGrid
      component="dl"
      m={0}
      cols={{ base: 1, xs: 3 }}
      spacing="md"
      verticalSpacing="xs"
      style={{ alignItems: 'end' }}
    >
      {facts.map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="sm" c="dimmed">
            {t(`dryRun.${name}`)}
          </Text>
          <Text component="dd" m={0} fw={650} size="lg" className="amount">
            {count(value)}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}

function Largest({ preview: { largest } }: { readonly preview: Preview }) {
  const { t } = useTranslation('cycles');
  if (largest === undefined || largest.length === 0) return null;
  return (
    <div>
      <Title order={3} mb={4}>
        {t('dryRun.largest')}
      </Title>
      <Table aria-label={t('dryRun.largest')}>
        <Table.Tbody>
          {largest.map((one) => (
            <Table.Tr key={one.payeeId + one.currency + one.amount}>
              <Table.Th scope="row" fw={400} px={0}>
                {one.name}
              </Table.Th>
              <Table.Td className="column-end" px={0}>
                <Money>{money(one.amount, one.currency)}</Money>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
