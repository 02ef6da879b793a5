import { Box, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { money } from '../../app/format.ts';
import { Note } from '../../ui/note.tsx';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import type { LastWord as Word } from './decisions.ts';

/** What became of the last decision; read aloud, as the list moves on by itself. */
export function LastWord({ word }: { readonly word: Word | null }) {
  const { t } = useTranslation('approvals');
  const said = word && {
    payee: word.payout.payeeName,
    amount: money(word.payout.amount, word.payout.currency),
  };
  return (
    <Box aria-live="polite" mb="md">
      {word !== null && word.error === null && <Note tone="good">{t(`last.${word.deed}`, { ...said })}</Note>}
      {word !== null && word.error !== null && (
        <>
          <Text fw={600} mb="xs">
            {t('last.not', { ...said })}
          </Text>
          <DeedTrouble error={word.error} />
        </>
      )}
    </Box>
  );
}
