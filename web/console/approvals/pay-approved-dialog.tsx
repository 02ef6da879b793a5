import { Anchor, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { api, isProblem } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { Note } from '../../ui/note.tsx';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { linkTo } from '../payouts/links.ts';
import { type Ready, wordsOf } from './ready.ts';

interface PayApprovedProps {
  readonly ready: Ready;
  readonly onClose: () => void;
}

/** Asks once more before money leaves, naming how many, how much and through whom. */
export function PayApprovedDialog({ ready, onClose }: PayApprovedProps) {
  const { t } = useTranslation('approvals');
  // What was seen; the page behind changes as soon as it is sent.
  const [seen] = useState(ready);
  const [acceptShortfall, accept] = useState(false);
  const said = wordsOf(seen, t(`pay.through.${seen.provider}`));
  const pay = useDeed(
    (body: { provider: Ready['provider']; acceptShortfall: boolean }, idempotencyKey) =>
      api.post('/payout-batches/process-approved', { body, idempotencyKey }),
    { what: () => t('pay.confirm', said) },
  );
  const { form } = useForm(() => {
    if (!pay.isPending) pay.mutate({ provider: seen.provider, acceptShortfall });
  }, pay.error);
  return (
    <Dialog title={t('pay.title')} onClose={onClose}>
      {pay.data ? (
        <Stack>
          <Note tone="good" urgent title={t('pay.done', { count: pay.data.totalItems })} />
          <Group justify="space-between">
            <Anchor component={Link} {...linkTo.batch(pay.data.batchId)}>
              {t('pay.follow')}
            </Anchor>
            <Button onClick={onClose}>{t('hand.close')}</Button>
          </Group>
        </Stack>
      ) : (
        <form {...form}>
          <Stack>
            <Text>{t('pay.lead', said)}</Text>
            <DeedTrouble error={pay.error} fields={{ acceptShortfall: t('pay.acceptShortfall') }} />
            {(isProblem(pay.error, 'insufficient_float') || acceptShortfall) && (
              <Checkbox
                label={t('pay.acceptShortfall')}
                checked={acceptShortfall}
                onChange={(event) => accept(event.currentTarget.checked)}
              />
            )}
            <Group justify="flex-end">
              <Back onClick={onClose}>{t('hand.back')}</Back>
              <Button type="submit" loading={pay.isPending}>
                {t('pay.confirm', said)}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
