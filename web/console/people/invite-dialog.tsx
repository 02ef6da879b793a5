import { Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { type BodyOf, type FieldsOf } from '../../app/form-fields.ts';
import type { Role } from '../../../src/core/roles.ts';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { dateTime } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { RoleChoice } from './change-role.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface InviteDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Somebody new: an e-mail, a role, and a link that is shown this once. */
export function InviteDialog({ opened, onClose }: InviteDialogProps) {
  const { t } = useTranslation('people');
  return (
    <Dialog opened={opened} onClose={onClose} title={t('invite.title')} centered>
      <InviteForm onClose={onClose} />
    </Dialog>
  );
}

function InviteForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('people');
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const invite = useDeed(
    (body: { email: string; name: string; role: Role }, idempotencyKey) =>
      api.post('/people/invitations', { body, idempotencyKey }),
    { what: (body) => t('invite.what', { email: body.email, role: t(`console:roles.${body.role}`) }) },
  );
  const fields: FieldsOf<BodyOf<'POST', '/people/invitations'>> = {
    email: null,
    name: null,
    role: t('columns.role'),
  };
  const { form, at } = useForm(
    () => invite.mutate({ email: email.trim(), name: name.trim(), role }),
    invite.error,
  );
  if (invite.data)
    return (
      <ShownOnce
        name={t('invite.link')}
        secret={invite.data.link}
        copy={t('invite.copy')}
        copied={t('copied')}
        done={t('done')}
        onDone={onClose}
      >
        {t('invite.once', { email: invite.data.email, until: dateTime(invite.data.expiresAt) })}
      </ShownOnce>
    );
  return (
    <form {...form}>
      <Stack>
        {invite.error !== null && <TroubleNote error={invite.error} fields={fields} />}
        <TextInput
          label={t('invite.email')}
          type="email"
          required
          data-autofocus
          value={email}
          {...at('email')}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          label={t('invite.name')}
          value={name}
          {...at('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <RoleChoice label={t('columns.role')} value={role} onChange={setRole} />
        <FormActions
          confirm={t('invite.confirm')}
          cancel={t('cancel')}
          onCancel={onClose}
          pending={invite.isPending}
        />
      </Stack>
    </form>
  );
}
