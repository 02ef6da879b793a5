import { Button, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type At, useForm } from '../../app/form.ts';
import { api } from '../../app/api.ts';
import { type FieldsOf } from '../../app/form-fields.ts';
import { methodFaultsOf } from '../../app/method-faults.ts';
import { useDeed } from '../../app/deed.ts';
import type { AddPayoutMethod } from '../../client/types.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { tell } from '../../app/tell.ts';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';

const types = ['paypal', 'stripe', 'bank', 'moncash', 'natcash', 'manual'] as const;
const uses = ['default', 'backup', 'none'] as const;
const bankFields = ['accountHolder', 'iban', 'accountNumber', 'routingNumber'] as const;

/** What each type asks for stands at its field, and what only another one asks for is not there. */
const addressFields = {
  destination: null,
  accountHolder: null,
  iban: null,
  accountNumber: null,
  routingNumber: null,
} as const;

/** Another way to pay them; it serves its cool-off unless it is their first. */
export function AddMethodDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation('payees');
  return (
    <Dialog onClose={onClose} title={t('add.title')}>
      <AddMethodForm id={id} onClose={onClose} />
    </Dialog>
  );
}

function AddMethodForm({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation('payees');
  const [method, setMethod] = useState<AddPayoutMethod>({ type: 'paypal', use: 'default' });
  const add = useDeed(
    (body: AddPayoutMethod, idempotencyKey) =>
      api.post('/payees/{id}/payout-methods', { params: { id }, body, idempotencyKey }),
    {
      what: () => t('add.title'),
      onDone: () => {
        tell(t('add.done'));
        onClose();
      },
    },
  );
  const fields: FieldsOf<AddPayoutMethod> = { ...addressFields, type: t('add.type'), use: t('add.use') };
  const { form, at } = useForm(() => {
    if (!add.isPending) add.mutate(method);
  }, add.error);
  return (
    <form {...form}>
      <Stack>
        <Text>{t('add.lead')}</Text>
        <NativeSelect
          label={t('add.type')}
          value={method.type}
          onChange={({ currentTarget: { value } }) =>
            setMethod({
              type: types.find((type) => type === value) ?? 'paypal',
              use: method.use ?? 'default',
            })
          }
          data={types.map((type) => ({ value: type, label: t(`types.${type}`) }))}
        />
        <Address method={method} onChange={setMethod} at={at} />
        <Radio.Group
          label={t('add.use')}
          value={method.use ?? 'default'}
          onChange={(value) => setMethod({ ...method, use: uses.find((use) => use === value) ?? 'default' })}
        >
          {uses.map((use) => (
            <Radio key={use} mt="xs" value={use} label={t(`uses.${use}`)} />
          ))}
        </Radio.Group>
        <DeedTrouble error={add.error} fields={fields} />
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('back')}</Back>
          <Button type="submit" loading={add.isPending}>
            {t('add.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface AddressProps {
  readonly method: AddPayoutMethod;
  readonly onChange: (method: AddPayoutMethod) => void;
  readonly at: At;
}

/** The fields that the type asks for; what is wrong stands at its field. */
function Address({ method, onChange, at }: AddressProps) {
  const { t, i18n } = useTranslation('payees');
  const wrong = methodFaultsOf(method, i18n.language === 'fr' ? 'fr' : 'en');
  if (method.type !== 'bank')
    return (
      <TextInput
        label={t(`address.${method.type}`)}
        required
        autoComplete="off"
        value={method.destination ?? ''}
        {...at('destination', wrong['destination'])}
        onChange={(event) => onChange({ ...method, destination: event.currentTarget.value })}
      />
    );
  return bankFields.map((field) => (
    <TextInput
      key={field}
      label={t(`address.${field}`)}
      required={field === 'accountHolder'}
      autoComplete="off"
      value={method[field] ?? ''}
      {...at(field, wrong[field])}
      onChange={({ currentTarget: { value } }) =>
        onChange({ ...method, [field]: value === '' ? null : value })
      }
    />
  ));
}
