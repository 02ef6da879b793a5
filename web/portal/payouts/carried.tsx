import { Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { count, money } from '../../app/format.ts';
import type { OwnPayoutDetails, StatementLine, StatementTotals } from '../../client/types.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { statementQuery } from '../queries.ts';
import { Reckoning } from '../reckoning.tsx';

/** What a payout is made of: earnings, fees, what was taken back, and how it was converted. */
export function Carried({ payout }: { readonly payout: OwnPayoutDetails }) {
  const { t } = useTranslation();
  const pages = useInfiniteQuery(statementQuery(payout.id));
  const { data } = pages;
  const totals = data?.pages[0]?.totals ?? null;
  const lines = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-labelledby="carries">
      <Title order={2} size="h4" id="carries" mb="sm">
        {t('carries.title')}
      </Title>
      {data === undefined ? <Skeleton h={90} /> : <Sum payout={payout} totals={totals} />}
      {lines.length > 0 && (
        <details className="portal-details">
          <summary>{t('carries.each', { count: lines.length, shown: count(lines.length) })}</summary>
          <Stack gap={0}>
            {lines.map((line) => (
              <Line key={`${line.kind}${line.sourceType}${line.externalId}`} line={line} />
            ))}
            <MoreButton list={pages}>{t('more')}</MoreButton>
          </Stack>
        </details>
      )}
    </Paper>
  );
}

/** The reckoning of the whole payout. */
function Sum({
  payout,
  totals,
}: {
  readonly payout: Pick<OwnPayoutDetails, 'amount' | 'currency' | 'conversion'>;
  readonly totals: StatementTotals | null;
}) {
  const currency = payout.conversion?.sourceCurrency ?? payout.currency;
  return <Reckoning earned={totals && { ...totals, count: totals.earnings, currency }} paid={payout} />;
}

function Line({ line }: { readonly line: StatementLine }) {
  const { t } = useTranslation();
  const fee = BigInt(line.fee);
  return (
    <div className="portal-line">
      <div>
        <Text component="div" fw={550} style={{ overflowWrap: 'anywhere' }}>
          {line.note ?? line.externalId}
        </Text>
        <Text component="div" size="sm" c="dimmed">
          {line.kind === 'recovery' ? t('carries.takenBack') : `${line.sourceType} ${line.externalId}`}
        </Text>
      </div>
      <div className="column-end">
        <Text component="div" className="amount">
          {money(line.amount, line.currency)}
        </Text>
        {fee !== 0n && line.kind === 'earning' && (
          <Text component="div" size="sm" c="dimmed" className="amount">
            {t('carries.feeOf', { fee: money(fee, line.currency), gross: money(line.gross, line.currency) })}
          </Text>
        )}
      </div>
    </div>
  );
}
