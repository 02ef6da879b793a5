import { Anchor, List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count, dateTime } from '../../app/format.ts';
import { Note } from '../../ui/note.tsx';

interface SaidSettledProps {
  readonly of: 'batch' | 'chosen';
  readonly said: readonly {
    readonly payoutId: string;
    readonly payeeName: string;
    readonly saidAt: string;
  }[];
}

/** Names the payees who say since that what stopped theirs is settled: only a retry finds out. */
export function SaidSettled({ of, said }: SaidSettledProps) {
  const { t } = useTranslation('again');
  if (said.length === 0) return null;
  return (
    <Note tone="info" title={t('settled.title', { count: said.length, n: count(said.length) })}>
      <Text>{t(`settled.${of}`)}</Text>
      <List size="sm" withPadding={false}>
        {said.map(({ payoutId, payeeName, saidAt }) => (
          <List.Item key={payoutId}>
            <Anchor component={Link} to={`/payouts/${payoutId}`} inherit>
              {payeeName || payoutId}
            </Anchor>
            {t('settled.when', { at: dateTime(saidAt) })}
          </List.Item>
        ))}
      </List>
    </Note>
  );
}
