import { MultiSelect, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { type BodyOf, type FieldsOf } from '../../app/form-fields.ts';
import { type Role, roles } from '../../../src/core/roles.ts';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { day } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** First parts of paths, to which a key can be limited. */
const parts = [
  'payees',
  'earnings',
  'cycles',
  'payout-batches',
  'payouts',
  'approvals',
  'hand-transfers',
  'imports',
  'float',
  'fx-rates',
  'settings',
  'schedule',
  'status',
  'alerts',
  'reconciliations',
  'submissions',
  'audit-events',
  'ledger',
];
const lives = ['30', '90', '365', 'ever'] as const;
const dayMs = 86_400_000;

const fields: FieldsOf<BodyOf<'POST', '/api-keys'>> = {
  name: null,
  role: null,
  scope: null,
  expiresAt: null,
};

interface Body {
  readonly name: string;
  readonly role: Role;
  readonly scope: string[] | null;
  readonly expiresAt: string | null;
}

export function MakeKey({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('developers');
  return (
    <Dialog opened={opened} onClose={onClose} title={t('make.title')} centered closeOnClickOutside={false}>
      <KeyForm onClose={onClose} />
    </Dialog>
  );
}

/** A name, a role, how far and how long; then the key, this once. */
function KeyForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['developers', 'people']);
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const [scope, setScope] = useState<string[]>([]);
  const [life, setLife] = useState<string>('90');
  const make = useDeed((body: Body, idempotencyKey) => api.post('/api-keys', { body, idempotencyKey }), {
    what: (body) => t('make.what', { name: body.name, role: t(`console:roles.${body.role}`) }),
  });
  const { form, at } = useForm(() => {
    const expiresAt = life === 'ever' ? null : new Date(endOfDay() + Number(life) * dayMs).toISOString();
    make.mutate({ name: name.trim(), role, scope: scope.length === 0 ? null : scope, expiresAt });
  }, make.error);
  if (make.data)
    return (
      <ShownOnce
        name={t('make.key')}
        secret={make.data.key}
        copy={t('make.copy')}
        copied={t('copied')}
        done={t('done')}
        onDone={onClose}
      >
        {make.data.expiresAt === null
          ? t('make.once')
          : t('make.onceUntil', { day: day(make.data.expiresAt) })}
      </ShownOnce>
    );
  return (
    <form {...form}>
      <Stack>
        {make.error !== null && <TroubleNote error={make.error} fields={fields} />}
        <TextInput
          label={t('keys.name')}
          description={t('make.nameHint')}
          required
          data-autofocus
          maxLength={100}
          value={name}
          {...at('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('keys.role')}
          description={t(`people:may.${role}`)}
          value={role}
          {...at('role')}
          data={roles.map((value) => ({ value, label: t(`console:roles.${value}`) }))}
          onChange={(event) => setRole(roles.find((one) => one === event.currentTarget.value) ?? 'viewer')}
        />
        <MultiSelect
          label={t('keys.scope')}
          description={t('make.scopeHint')}
          placeholder={scope.length === 0 ? t('keys.allOfRole') : ''}
          data={parts}
          value={scope}
          {...at('scope')}
          onChange={setScope}
          clearable
          clearButtonProps={{ 'aria-label': t('make.clear') }}
        />
        <NativeSelect
          label={t('make.life')}
          value={life}
          {...at('expiresAt')}
          data={lives.map((value) => ({ value, label: t(`make.life_${value}`) }))}
          onChange={(event) => setLife(event.currentTarget.value)}
        />
        <FormActions
          confirm={t('make.confirm')}
          cancel={t('cancel')}
          onCancel={onClose}
          pending={make.isPending}
        />
      </Stack>
    </form>
  );
}

/** The same for every try of one day, so that a repeated request is the same one. */
function endOfDay(): number {
  return new Date().setHours(24, 0, 0, 0);
}
