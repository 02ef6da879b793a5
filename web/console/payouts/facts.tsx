import type { TFunction } from 'i18next';
import { Anchor, Box, Code, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shown } from '../../app/decimals.ts';
import { dateTime, money } from '../../app/format.ts';
import type { Approval, Conversion, PayoutDetails } from '../../client/types.ts';
import { starter } from '../batches/starter.ts';
import { linkTo } from './links.ts';

/** What is known of a payout besides its story. */
export function Facts({ payout }: { readonly payout: PayoutDetails }) {
  const { t } = useTranslation('payouts');
  const { paidByHand, legacy, scheduledDate } = payout;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="facts">
      <Title order={2} size="h3" id="facts" mb="sm">
        {t('facts')}
      </Title>
      <Stack component="dl" gap="sm" m={0}>
        <Fact name={t('fact.payee')}>
          <Anchor component={Link} {...linkTo.payee(payout.payeeId)} inherit underline="always">
            {payout.payeeName}
          </Anchor>
          {` (${payout.payeeId})`}
        </Fact>
        <Fact name={t('fact.amount')}>{money(payout.amount, payout.currency)}</Fact>
        <Fact name={t('fact.method')}>{methodOf(t, payout)}</Fact>
        <Fact name={t('fact.kind')}>{t(`kinds.${payout.kind}`)}</Fact>
        {payout.cycleId !== null && (
          <Fact name={t('fact.cycle')}>
            <Anchor component={Link} {...linkTo.cycle(payout.cycleId)} inherit underline="always">
              {payout.cycleId}
            </Anchor>
          </Fact>
        )}
        <Fact name={t('fact.made')}>{dateTime(payout.createdAt)}</Fact>
        {scheduledDate !== null && <Fact name={t('fact.scheduled')}>{dateTime(scheduledDate)}</Fact>}
        {payout.processedAt !== null && payout.nextRetryAt === null && (
          <Fact name={t('fact.processed')}>{dateTime(payout.processedAt)}</Fact>
        )}
        {payout.nextRetryAt !== null && (
          <Fact name={t('fact.retriesAt')}>{dateTime(payout.nextRetryAt)}</Fact>
        )}
        {payout.retryCount > 0 && <Fact name={t('fact.retries')}>{payout.retryCount}</Fact>}
        {paidByHand !== null && (
          <Fact name={t('fact.byHand')}>
            {[paidByHand.paymentReferenceId, paidByHand.paymentDate, paidByHand.paymentNotes]
              .filter((part) => part !== null)
              .join(' · ')}
          </Fact>
        )}
        {legacy !== null && (
          <Fact name={t('fact.legacy')}>
            {t('legacyWords', { line: legacy.line, reference: legacy.reference })}
          </Fact>
        )}
        <Fact name={t('fact.id')}>
          <Code style={{ overflowWrap: 'anywhere' }}>{payout.id}</Code>
        </Fact>
      </Stack>
    </Paper>
  );
}

function methodOf(t: TFunction, { approval, attempts }: PayoutDetails): string {
  const last = attempts.at(-1);
  const type = approval?.method.type ?? last?.provider;
  if (type === undefined) return '–';
  return `${t(`methods.${type}`, { defaultValue: type })} ${approval?.method.destination ?? last?.destination}`;
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Box>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </Box>
  );
}

/** Who asked for it, who agreed to what, and what speaks against it. */
export function ApprovalFacts({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation('payouts');
  const given = approval.approvals.length;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="approval">
      <Title order={2} size="h3" id="approval" mb="sm">
        {t('approval')}
      </Title>
      <Stack component="dl" gap="sm" m={0}>
        <Fact name={t('fact.requestedBy')}>{starter(approval.requestedBy)}</Fact>
        {approval.approvals.map(({ by, at }) => (
          <Fact key={`${by} ${at}`} name={t('fact.approvedBy')}>
            {`${starter(by)}, ${dateTime(at)}`}
          </Fact>
        ))}
        {approval.approversNeeded > 1 && (
          <Fact name={t('fact.approvers')}>
            {t('approvers', { given, needed: approval.approversNeeded })}
          </Fact>
        )}
        {approval.expiresAt !== null && <Fact name={t('fact.expires')}>{dateTime(approval.expiresAt)}</Fact>}
        {approval.hold !== null && (
          <Fact name={t('fact.hold')}>
            {approval.hold.until === null
              ? t('holdOpen', { reason: approval.hold.reason })
              : t('holdUntil', { reason: approval.hold.reason, until: dateTime(approval.hold.until) })}
          </Fact>
        )}
        {approval.warnings.length > 0 && <Fact name={t('fact.warnings')}>{approval.warnings.join(' ')}</Fact>}
        <Fact name={t('fact.hash')}>
          <Code style={{ overflowWrap: 'anywhere' }}>{approval.approvalHash}</Code>
        </Fact>
      </Stack>
    </Paper>
  );
}

/** How the amount came to be in another currency than the balance. */
export function ConversionFacts({
  conversion,
  currency,
}: {
  readonly conversion: Conversion;
  readonly currency: string;
}) {
  const { t } = useTranslation('payouts');
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="conversion">
      <Title order={2} size="h3" id="conversion" mb="sm">
        {t('conversion')}
      </Title>
      <Text>{conversion.words}</Text>
      <Stack component="dl" gap="sm" mb={0} mt="sm">
        <Fact name={t('fact.from')}>{money(conversion.sourceAmount, conversion.sourceCurrency)}</Fact>
        <Fact name={t('fact.rate')}>{shown(conversion.rate)}</Fact>
        <Fact name={t('fact.rateSource')}>{`${conversion.rateSource}, ${dateTime(conversion.rateAt)}`}</Fact>
        <Fact name={t('fact.spread')}>{money(conversion.spreadAmount, currency)}</Fact>
      </Stack>
    </Paper>
  );
}
