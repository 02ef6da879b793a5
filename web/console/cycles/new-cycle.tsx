import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { api, isProblem } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { type BodyOf, faultAt, type FieldsOf } from '../../app/form-fields.ts';
import { dateTime } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import type { ProblemError } from '../../client/client.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { linkTo } from '../payouts/links.ts';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';
import { tell } from '../../app/tell.ts';

const nameCharsMax = 200;
const idCharsMax = 100;
const fields: FieldsOf<BodyOf<'POST', '/cycles'>> = { name: null, id: null, mustBeNew: undefined };

/** Opens a cycle, which earnings and files then name. */
export function NewCycle() {
  const { t } = useTranslation(['forms', 'payouts']);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <ReasonedButton why={useMay('operate') ? null : t('payouts:why.role_operate')} onClick={open}>
        {t('cycle.button')}
      </ReasonedButton>
      {opened && (
        <Dialog onClose={close} title={t('cycle.title')}>
          <NewCycleForm onClose={close} />
        </Dialog>
      )}
    </>
  );
}

interface Wanted {
  readonly name: string;
  readonly id: string;
}

function NewCycleForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('forms');
  const navigate = useNavigate();
  const [wanted, setWanted] = useState<Wanted>({ name: '', id: '' });
  const make = useDeed(
    ({ name, id }: Wanted, idempotencyKey) => {
      const body = { name, mustBeNew: true, ...(id === '' ? {} : { id }) };
      return api.post('/cycles', { body, idempotencyKey });
    },
    {
      onDone: (cycle) => {
        tell(t('cycle.done', { name: cycle.name }));
        onClose();
        void navigate(linkTo.cycle(cycle.id));
      },
    },
  );
  const taken = isProblem(make.error, 'cycle_exists') ? make.error : null;
  // What was refused was said of what stood here before.
  const change = (to: Wanted) => {
    setWanted(to);
    if (!make.isPending) make.reset();
  };
  const { form, at } = useForm(() => {
    if (!make.isPending) make.mutate({ name: wanted.name.trim(), id: wanted.id.trim() });
  }, make.error);
  return (
    <form {...form}>
      <Stack>
        <Text>{t('cycle.lead')}</Text>
        <TextInput
          label={t('cycle.name')}
          description={t('cycle.nameHint')}
          required
          maxLength={nameCharsMax}
          data-autofocus
          value={wanted.name}
          {...at('name')}
          onChange={(event) => change({ ...wanted, name: event.currentTarget.value })}
        />
        <TextInput
          label={t('cycle.id')}
          description={t('cycle.idHint')}
          maxLength={idCharsMax}
          autoComplete="off"
          value={wanted.id}
          error={taken ? <Taken error={taken} /> : faultAt(make.error, 'id')}
          onChange={(event) => change({ ...wanted, id: event.currentTarget.value })}
        />
        {taken === null && <DeedTrouble error={make.error} fields={fields} />}
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('back')}</Back>
          <Button type="submit" loading={make.isPending}>
            {t('cycle.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Which cycle has the id, who opened it when, and the way to it. */
function Taken({ error: { problem } }: { readonly error: ProblemError }) {
  const { t } = useTranslation('forms');
  const { cycleId, name, openedBy, openedAt } = problem as Readonly<Record<string, string | undefined>>;
  const said = { id: cycleId ?? '', name: name ?? '', by: openedBy, at: dateTime(openedAt ?? '') };
  return (
    <>
      {`${t(openedBy === undefined ? 'cycle.known' : 'cycle.knownBy', said)} `}
      <Anchor component={Link} {...linkTo.cycle(said.id)} inherit>
        {t('cycle.openIt', { name: said.name })}
      </Anchor>
    </>
  );
}
