import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Minor, money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { ProblemError } from '../../client/client.ts';
import { PageLink, places } from '../page-link.tsx';
import { type When, useWhen } from '../reader.ts';

interface Facts {
  readonly available?: Record<string, Minor>;
  readonly missing?: Record<string, Minor>;
  readonly minimum?: Record<string, Minor>;
  readonly nextAvailableAt?: string | null;
  readonly nextPayoutDate?: string | null;
  readonly payoutId?: string;
}

/** Why nothing can be asked for now, with what is missing and when it will be possible. */
export function WhyNot({
  error,
  currency,
  stuck,
}: {
  readonly error: unknown;
  readonly currency: string;
  /** What is available there but belongs to payouts that did not arrive. */
  readonly stuck: bigint;
}) {
  const { t } = useTranslation();
  const when = useWhen();
  if (!(error instanceof ProblemError)) return <TroubleNote error={error} />;
  const facts = error.problem as Facts;
  const isNothing = error.code === 'nothing_earned' || BigInt(facts.available?.[currency] ?? 1) <= 0n;
  if (isNothing && stuck > 0n) return <Text>{t('ask.inPayout', { amount: money(stuck, currency) })}</Text>;
  if (error.code === 'below_minimum') return <Below facts={facts} currency={currency} when={when} />;
  if (error.code === 'nothing_earned') return <Text>{t('ask.nothing', { currency })}</Text>;
  const { to, word } = wayOut(error.code, facts);
  return (
    <Text>
      {error.code === 'request_in_flight_already' ? t('ask.underWay') : error.userMessage}{' '}
      {to === null ? error.actionRequired : ''}
      {to !== null && (
        <Anchor component={PageLink} to={to} inherit>
          {t(word)}
        </Anchor>
      )}
    </Text>
  );
}

function wayOut(code: string, { payoutId }: Facts): { to: string | null; word: string } {
  if (code === 'request_in_flight_already')
    return { to: payoutId === undefined ? places.payouts : places.payout(payoutId), word: 'ask.follow' };
  if (code === 'payout_method_missing') return { to: places.addMethod, word: 'methods.add' };
  return { to: null, word: '' };
}

function Below({
  facts,
  currency,
  when,
}: {
  readonly facts: Facts;
  readonly currency: string;
  readonly when: When;
}) {
  const { t } = useTranslation();
  const missing = facts.missing?.[currency];
  const minimum = facts.minimum?.[currency];
  const { nextAvailableAt } = facts;
  return (
    <Text>
      {missing !== undefined && minimum !== undefined
        ? t('ask.missing', { missing: money(missing, currency), minimum: money(minimum, currency) })
        : t('ask.tooLittle')}{' '}
      {typeof nextAvailableAt === 'string'
        ? t('ask.moreAt', { when: when.day(nextAvailableAt) })
        : t('ask.moreLater')}
    </Text>
  );
}
