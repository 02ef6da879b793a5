import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Person } from '../../client/types.ts';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface ResetPasswordProps {
  readonly person: Person;
  readonly name: string;
  readonly onClose: () => void;
}

/** For whoever lost the password, or the phone: a one-time password, shown this once. */
export function ResetPassword({ person, name, onClose }: ResetPasswordProps) {
  const { t } = useTranslation('people');
  const [secondFactors, setSecondFactors] = useState(false);
  const reset = useDeed(
    (body: { secondFactors: boolean }, idempotencyKey) =>
      api.post('/people/{id}/reset-password', { params: { id: person.id }, body, idempotencyKey }),
    { what: () => t('reset.title', { name }) },
  );
  return (
    <Dialog onClose={onClose} title={t('reset.title', { name })}>
      <Stack>
        {reset.error !== null && (
          <TroubleNote error={reset.error} fields={{ secondFactors: t('reset.factors') }} />
        )}
        {reset.data === undefined ? (
          <>
            <Text>{t('reset.words', { name })}</Text>
            <Checkbox
              label={t('reset.factors')}
              description={t('reset.factorsHint')}
              checked={secondFactors}
              onChange={(event) => setSecondFactors(event.currentTarget.checked)}
            />
            <Group justify="flex-end">
              <Back onClick={onClose}>{t('cancel')}</Back>
              <Button loading={reset.isPending} onClick={() => reset.mutate({ secondFactors })}>
                {t('reset.confirm')}
              </Button>
            </Group>
          </>
        ) : (
          <ShownOnce
            name={t('reset.password')}
            secret={reset.data.oneTimePassword}
            copy={t('copy')}
            copied={t('copied')}
            done={t('done')}
            onDone={onClose}
          >
            {t('reset.once', { name })}
          </ShownOnce>
        )}
      </Stack>
    </Dialog>
  );
}
