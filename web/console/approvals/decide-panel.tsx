import { Anchor, Code, Divider, Group, Kbd, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dateTime, money } from '../../app/format.ts';
import type { WaitingPayout } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';
import { CarriesList } from '../payouts/carries.tsx';
import { Fact } from '../payouts/facts.tsx';
import { linkTo } from '../payouts/links.ts';
import { payoutQuery } from '../payouts/payout-query.ts';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';

interface DecidePanelProps {
  readonly payout: WaitingPayout;
  /** Why it cannot be approved, or declined, by whoever looks. */
  readonly whyNot: string | null;
  readonly whyNotDecline: string | null;
  readonly isApproving: boolean;
  readonly onApprove: () => void;
  readonly onDecline: () => void;
}

/** What an approver agrees to, and what speaks against it. */
export function DecidePanel({ payout, whyNot, whyNotDecline, ...props }: DecidePanelProps) {
  const { t } = useTranslation('approvals');
  const { approval } = payout;
  const hold = approval?.hold ?? null;
  const title = t('headline', { amount: money(payout.amount, payout.currency), payee: payout.payeeName });
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="deciding">
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Title order={2} id="deciding" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          <Anchor component={Link} {...linkTo.payout(payout.id)} size="sm">
            {t('whole')}
          </Anchor>
        </Group>
        {(approval?.warnings.length ?? 0) > 0 && (
          <Note tone="warn" title={t('lookAt')}>
            {approval?.warnings.map((warning) => (
              <Text key={warning}>{warning}</Text>
            ))}
          </Note>
        )}
        {hold !== null && (
          <Note tone="info" title={t('onHold')}>
            {hold.until === null
              ? hold.reason
              : t('holdUntil', { reason: hold.reason, until: dateTime(hold.until) })}
          </Note>
        )}
        <Group gap="sm">
          <ReasonedButton why={whyNot} loading={props.isApproving} onClick={props.onApprove}>
            {t('approveNext')}
          </ReasonedButton>
          <ReasonedButton why={whyNotDecline} variant="default" onClick={props.onDecline}>
            {t('decline')}
          </ReasonedButton>
          <Text size="sm" c="dimmed" visibleFrom="sm">
            <Kbd>{'a'}</Kbd> {t('keys.a')} <Kbd>{'r'}</Kbd> {t('keys.r')} <Kbd>{'?'}</Kbd> {t('keys.help')}
          </Text>
        </Group>
        {whyNot !== null && (
          <Text size="sm" c="dimmed">
            {whyNot}
          </Text>
        )}
        <Divider />
        <Carried id={payout.id} />
        <Divider />
        <Facts payout={payout} />
      </Stack>
    </Paper>
  );
}

/** The earnings it pays: whoever agrees to an amount sees what it is made of. */
function Carried({ id }: { readonly id: string }) {
  const { data } = useQuery(payoutQuery(id));
  return data === undefined ? <Skeleton h={160} /> : <CarriesList payout={data} />;
}

function Facts({ payout }: { readonly payout: WaitingPayout }) {
  const { t } = useTranslation(['approvals', 'payouts']);
  const { approval, conversion } = payout;
  const expiresAt = approval?.expiresAt ?? '';
  return (
    <Stack component="dl" gap="sm" m={0}>
      <Fact name={t('fact.payee')}>
        <Anchor component={Link} {...linkTo.payee(payout.payeeId)} inherit underline="always">
          {payout.payeeName}
        </Anchor>
        {` (${payout.payeeId})`}
      </Fact>
      {approval !== null && (
        <Fact
          name={t('fact.method')}
        >{`${t(`payouts:methods.${approval.method.type}`)} ${approval.method.destination}`}</Fact>
      )}
      {conversion !== null && <Fact name={t('fact.conversion')}>{conversion.words}</Fact>}
      <Fact name={t('fact.requested')}>
        {t('by', { who: approval?.requestedBy ?? '', at: dateTime(payout.createdAt) })}
      </Fact>
      {approval?.approvals.map(({ by, at }) => (
        <Fact key={by} name={t('fact.approvedBy')}>
          {t('by', { who: by, at: dateTime(at) })}
        </Fact>
      ))}
      {approval !== null && approval.approversNeeded > 1 && (
        <Fact name={t('fact.approvers')}>
          {t('approvers', { given: approval.approvals.length, needed: approval.approversNeeded })}
        </Fact>
      )}
      {expiresAt !== '' && <Fact name={t('fact.expires')}>{dateTime(expiresAt)}</Fact>}
      {approval !== null && (
        <Fact name={t('fact.hash')}>
          <Code style={{ overflowWrap: 'anywhere' }}>{approval.approvalHash}</Code>
        </Fact>
      )}
    </Stack>
  );
}
