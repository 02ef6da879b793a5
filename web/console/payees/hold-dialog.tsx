import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { dateTime } from '../../app/format.ts';
import type { Payee } from '../../client/types.ts';
import type { DeedWords } from '../payouts/deed-calls.ts';
import { deedAtFields, DeedFields } from '../payouts/deed-fields.tsx';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { tell } from '../../app/tell.ts';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface HoldProps {
  readonly payee: Payee;
  readonly onClose: () => void;
}

/** Keeps back everything of a payee that has not left, or ends that. */
export function HoldDialog({ payee, onClose }: HoldProps) {
  const { t } = useTranslation('payees');
  const kind = payee.hold === null ? 'hold' : 'release';
  return (
    <Dialog onClose={onClose} title={t(`${kind}.title`, { name: payee.name })}>
      <HoldForm payee={payee} onClose={onClose} />
    </Dialog>
  );
}

function HoldForm({ payee, onClose }: HoldProps) {
  const { t } = useTranslation('payees');
  const [words, setWords] = useState<DeedWords>({});
  // What it was when the dialog opened.
  const [hold] = useState(payee.hold);
  const kind = hold === null ? 'hold' : 'release';
  const said = { name: payee.name };
  const params = { id: payee.externalId };
  const act = useDeed(
    ({ reason = '', until = null }: DeedWords, idempotencyKey) =>
      hold === null
        ? api.post('/payees/{id}/hold', { params, body: { reason, until }, idempotencyKey })
        : api.post('/payees/{id}/release', { params, idempotencyKey }),
    {
      what: () => t(`${kind}.confirm`, said),
      onDone: () => {
        tell(t(`${kind}.done`, said));
        onClose();
      },
    },
  );
  const { form, at } = useForm(() => {
    if (!act.isPending) act.mutate(words);
  }, act.error);
  return (
    <form {...form}>
      <Stack>
        <Text>{t(`${kind}.lead`, said)}</Text>
        {hold !== null && (
          <Text fw={600}>
            {hold.until === null
              ? hold.reason
              : t('holdUntil', { reason: hold.reason, until: dateTime(hold.until) })}
          </Text>
        )}
        {hold === null && <DeedFields deed="hold" currency="" words={words} onChange={setWords} at={at} />}
        <DeedTrouble error={act.error} fields={deedAtFields} />
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('back')}</Back>
          <Button type="submit" loading={act.isPending}>
            {t(`${kind}.confirm`, said)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
