import { Button, CopyButton, Paper, Stack, Text, Title } from '@mantine/core';
import i18next, { type TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../../../src/core/language.ts';
import { payeeReason } from '../../../src/core/payee-reasons.ts';
import { dateTime, money } from '../../app/format.ts';
import type { PayoutDetails } from '../../client/types.ts';
import { useNow } from '../inbox/now.ts';
import { evidenceOf } from './attempts.tsx';
import { readable } from './readable.ts';

/** Texts to hand on: everything for whoever helps, and an answer for the payee. */
export function Copies({ payout }: { readonly payout: PayoutDetails }) {
  const { t } = useTranslation('payouts');
  const reply = replyFor(payout, useNow(), t);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="copies">
      <Title order={2} size="h3" id="copies" mb="sm">
        {t('copies')}
      </Title>
      <Stack gap="sm">
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {reply}
        </Text>
        <Copy text={reply} label={t('copyReply')} />
        <Copy text={supportText(payout, t)} label={t('copySupport')} />
      </Stack>
    </Paper>
  );
}

function Copy({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useTranslation('payouts');
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button variant="default" onClick={copy}>
          {copied ? t('copied') : label}
        </Button>
      )}
    </CopyButton>
  );
}

/** A ready answer: no codes, nothing about other people, never to blame. */
function replyFor(payout: PayoutDetails, now: Date, t: TFunction<'payouts'>): string {
  const until = payout.presentMethod?.usableFrom ?? null;
  const after = until !== null && new Date(until) > now ? until : null;
  const again = after === null ? 'reply.again' : 'reply.againAfter';
  const facts = {
    after: after === null ? '' : dateTime(after),
    payee: payout.payeeName,
    amount: money(payout.amount, payout.currency),
    retries: payout.nextRetryAt === null ? '' : dateTime(payout.nextRetryAt),
    id: payout.id,
    at: dateTime(payout.processedAt ?? payout.changedAt),
    why: payout.reason === null ? '' : payeeReason(payout.reason.code, languageOf(i18next.language)),
    when: payout.scheduledDate === null ? '' : t('reply.when', { at: dateTime(payout.scheduledDate) }),
  };
  const reply = payout.nextRetryAt !== null ? 'reply.retries' : isOurTurn(payout) ? again : null;
  return t(reply ?? `reply.${payout.status}`, facts).replaceAll(/ {2,}/g, ' ');
}

/** The payee has done their part of a payout that failed or came back: nothing is asked of them again. */
function isOurTurn({ reason, waitingOn, status }: PayoutDetails): boolean {
  const didNotArrive = status === 'failed' || status === 'returned';
  return didNotArrive && reason?.waitingOn === 'payee' && waitingOn !== 'payee';
}

/** What somebody needs who looks at it elsewhere, or at the provider. */
function supportText(payout: PayoutDetails, t: TFunction<'payouts'>): string {
  return [
    t('headline', { amount: money(payout.amount, payout.currency), payee: payout.payeeName }),
    `${payout.id} · ${payout.payeeId} · ${payout.status}`,
    readable(payout.label),
    readable(payout.nextStep),
    t(`waiting.${payout.waitingOn}`),
    window.location.href,
    ...payout.attempts.map(
      (attempt) => `\n${t('attempt', { number: attempt.ordinal })}\n${evidenceOf(attempt)}`,
    ),
  ].join('\n');
}
