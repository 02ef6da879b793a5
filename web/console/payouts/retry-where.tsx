import { Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import type { Attempt, PayoutDetails } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';
import { useNextMethod } from './method-facts.ts';

/** Where a new attempt goes, since when that is so, and whether it is where the last one failed. */
export function RetryWhere({ payout }: { readonly payout: PayoutDetails }) {
  const { t } = useTranslation(['payouts', 'payees']);
  const method = useNextMethod(payout);
  const { approval } = payout;
  const last = payout.attempts.at(-1);
  const name = (type: string, destination: string) =>
    `${t(`methods.${type}`, { defaultValue: type })} ${destination}`;
  if (approval !== null) {
    const { type, destination } = approval.method;
    return <Text>{t('deeds.retry.toApproved', { method: name(type, destination) })}</Text>;
  }
  if (method === undefined) return <Skeleton h={24} aria-label={t('deeds.retry.looking')} />;
  if (method === null) return <Note tone="warn">{t('deeds.retry.noMethod')}</Note>;
  const isNewer = last !== undefined && Date.parse(method.createdAt) > Date.parse(last.createdAt);
  return (
    <Stack gap="xs">
      <Text>
        {t('deeds.retry.to', {
          method: name(method.type, method.destination),
          at: dateTime(method.createdAt),
        })}
      </Text>
      {last !== undefined && <Before last={last} to={method.destination} isNewer={isNewer} />}
    </Stack>
  );
}

interface BeforeProps {
  readonly last: Attempt;
  readonly to: string;
  readonly isNewer: boolean;
}

/** Masked addresses can look alike: the time of the change tells them apart. */
function Before({ last, to, isNewer }: BeforeProps) {
  const { t } = useTranslation('payouts');
  if (isNewer) return <Text>{t('deeds.retry.newer')}</Text>;
  if (last.destination !== to) return <Text>{t('deeds.retry.other', { before: last.destination })}</Text>;
  return last.status === 'failed' ? <Note tone="warn">{t('deeds.retry.same')}</Note> : null;
}
