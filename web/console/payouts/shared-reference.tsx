import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PaidByHand } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';
import { linkTo } from './links.ts';

/** A payment by hand under the reference of another payout: one of the two may never have been paid. */
export function SharedReference({ paid: { warning, alsoOn } }: { readonly paid: PaidByHand }) {
  const { t } = useTranslation('payouts');
  if (warning === null) return null;
  return (
    <Note tone="warn" title={t('sharedReference.title')}>
      <Text style={{ overflowWrap: 'anywhere' }}>{warning}</Text>
      <Group gap="md" mt="xs">
        {alsoOn.map((id) => (
          <Anchor key={id} component={Link} {...linkTo.payout(id)} style={{ overflowWrap: 'anywhere' }}>
            {t('sharedReference.look', { id })}
          </Anchor>
        ))}
      </Group>
    </Note>
  );
}
