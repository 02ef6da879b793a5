import { Anchor, List, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count, dateTime, money, moneyList } from '../../app/format.ts';
import type { SuspectedDuplicates } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';

/** Examples that are listed. */
const examplesMax = 5;

/** Payments of the run that look as if they had been made in another cycle; they stop nothing. */
export function Duplicates({ found }: { readonly found: SuspectedDuplicates | undefined }) {
  const { t } = useTranslation(['cycles', 'payouts']);
  if (found === undefined || found.count === 0) return null;
  const said = { count: found.count, n: count(found.count), total: moneyList(found.totals) };
  return (
    <Note tone="warn" title={t('duplicates.title', said)}>
      <Stack gap="xs">
        <Text>{t('duplicates.words')}</Text>
        {found.capped && <Text>{t('duplicates.capped')}</Text>}
        <List size="sm" withPadding={false} aria-label={t('duplicates.examples')}>
          {found.examples.slice(0, examplesMax).map((one) => (
            <List.Item key={one.payoutId}>
              <Anchor component={Link} to={`/payouts/${one.payoutId}`}>
                {t('duplicates.one', { name: one.name, amount: money(one.amount, one.currency) })}
              </Anchor>{' '}
              {t(one.cycleId === null ? 'duplicates.asked' : 'duplicates.where', {
                cycle: one.cycleId,
                at: dateTime(one.paidAt),
                state: t(`payouts:states.${one.status}`),
              })}
            </List.Item>
          ))}
        </List>
      </Stack>
    </Note>
  );
}
