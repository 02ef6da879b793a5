import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { useMay } from '../../app/me.ts';
import { ProblemError } from '../../client/client.ts';
import type { Cycle } from '../../client/types.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { Dialog } from '../payouts/dialog.tsx';
import { linkTo } from '../payouts/links.ts';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';
import { tell } from '../../app/tell.ts';

const nameCharsMax = 200;
const idCharsMax = 100;

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
    ({ name, id }: Wanted, idempotencyKey) =>
      api.post('/cycles', { body: { name, ...(id === '' ? {} : { id }) }, idempotencyKey }),
    {
      onDone: (cycle, { name }) => {
        if (isAnother(cycle, name)) return;
        tell(t('cycle.done', { name: cycle.name }));
        onClose();
        void navigate(linkTo.cycle(cycle.id));
      },
    },
  );
  const faults = make.error instanceof ProblemError ? make.error.errors : [];
  const wrong = (path: string) => faults.find((fault) => fault.path === path)?.message;
  const taken = isAnother(make.data, make.variables?.name) ? make.data : undefined;
  // What was refused was said of what stood here before.
  const change = (to: Wanted) => {
    setWanted(to);
    if (!make.isPending) make.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!make.isPending) make.mutate({ name: wanted.name.trim(), id: wanted.id.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{t('cycle.lead')}</Text>
        <TextInput
          label={t('cycle.name')}
          description={t('cycle.nameHint')}
          required
          maxLength={nameCharsMax}
          data-autofocus
          value={wanted.name}
          error={wrong('name')}
          onChange={(event) => change({ ...wanted, name: event.currentTarget.value })}
        />
        <TextInput
          label={t('cycle.id')}
          description={t('cycle.idHint')}
          maxLength={idCharsMax}
          autoComplete="off"
          value={wanted.id}
          error={taken ? <Taken cycle={taken} /> : wrong('id')}
          onChange={(event) => change({ ...wanted, id: event.currentTarget.value })}
        />
        {faults.length === 0 && <DeedTrouble error={make.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('back')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t('cycle.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** An id that is taken answers with its cycle, whatever was typed. */
function isAnother(cycle: Cycle | undefined, name: string | undefined): boolean {
  return cycle !== undefined && cycle.name !== name;
}

/** Which cycle has the id, and the way to it. */
function Taken({ cycle: { id, name } }: { readonly cycle: Cycle }) {
  const { t } = useTranslation('forms');
  return (
    <>
      {`${t('cycle.known', { name, id })} `}
      <Anchor component={Link} {...linkTo.cycle(id)} inherit>
        {t('cycle.openIt', { name })}
      </Anchor>
    </>
  );
}
