import { Button, Paper, Skeleton, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import type { FieldsOf } from '../../app/form-fields.ts';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { AddPayoutMethod } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { places, useGo } from '../page-link.tsx';
import { methodsQuery, profileQuery } from '../queries.ts';
import { languageNow } from '../reader.ts';
import { Back } from '../shell/back.tsx';
import { MethodFieldset } from './method-fields.tsx';
import { atFields, emptyFields, faultsOf, methodOf } from './method-input.ts';
import { tell } from '../../app/tell.ts';
import { HeldUp } from './held-up.tsx';

/** A new way to be paid; whoever has one already is told of the waiting time before they save. */
export function AddMethodPage() {
  const { t } = useTranslation();
  const methods = useQuery(methodsQuery);
  const profile = useQuery(profileQuery);
  return (
    <>
      <Back to={places.methods}>{t('nav.methods')}</Back>
      <PageHead title={t('methods.add')} lead={t('methods.addLead')} />
      {methods.data && profile.data ? (
        <AddForm
          isFirst={methods.data.data.length === 0}
          email={profile.data.email}
          coolOffHours={methods.data.coolOffHours}
        />
      ) : (
        <Skeleton h={320} radius="lg" />
      )}
    </>
  );
}

interface AddFormProps {
  readonly isFirst: boolean;
  readonly email: string | null;
  /** How long a method waits that is added now; 0: not at all. */
  readonly coolOffHours: number;
}

function AddForm({ isFirst, email, coolOffHours }: AddFormProps) {
  const { t, i18n } = useTranslation();
  const go = useGo();
  const [fields, setFields] = useState(() => emptyFields(undefined, email));
  const [isUsed, setUsed] = useState(isFirst);
  const faults = faultsOf(fields, languageNow(i18n.language));
  const add = useDeed(
    (body: AddPayoutMethod, idempotencyKey) =>
      api.post('/api/payee/payout-methods', { body, idempotencyKey }),
    {
      onDone: (made) => {
        tell({ title: t('methods.added'), message: made.note });
        go(places.methods);
      },
    },
  );
  const sent: FieldsOf<AddPayoutMethod> = { ...atFields, type: t('methods.how'), use: t('methods.useNow') };
  const { form, at } = useForm(() => {
    add.mutate({ ...methodOf(fields), use: isUsed || isFirst ? 'default' : 'backup' });
  }, add.error);
  return (
    <form {...form}>
      <Stack>
        <Paper withBorder p="md" radius="lg">
          <MethodFieldset fields={fields} onChange={setFields} faults={faults} at={at} />
        </Paper>
        {!isFirst && (
          <>
            <Switch
              size="md"
              checked={isUsed}
              onChange={(event) => setUsed(event.currentTarget.checked)}
              label={t('methods.useNow')}
              description={t('methods.useNowHint')}
            />
            {coolOffHours > 0 && (
              <Note tone="info" title={t('methods.coolOffTitle')}>
                {t('methods.coolOffWords', { count: coolOffHours })}
              </Note>
            )}
            {isUsed && <HeldUp methodId={null} />}
          </>
        )}
        {add.error !== null && <TroubleNote error={add.error} fields={sent} />}
        <Button type="submit" size="md" h={48} loading={add.isPending}>
          {t('methods.save')}
        </Button>
      </Stack>
    </form>
  );
}
