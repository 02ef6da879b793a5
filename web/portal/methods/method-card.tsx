import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { OwnPayoutMethod } from '../../client/types.ts';
import { useWhen } from '../reader.ts';
import { Clock } from './clock.tsx';
import { tell } from '../../app/tell.ts';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';

const colors = { ready: 'teal', cooling_off: 'orange', frozen: 'red' } as const;

/** One way to be paid: its part, its state with a clock, and what can be done with it. */
export function MethodCard({ method }: { readonly method: OwnPayoutMethod }) {
  const { t } = useTranslation();
  const when = useWhen();
  const { status, usableFrom } = method;
  const isUnready = status === 'ready' && method.accountNotReady;
  const part = method.isDefault ? 'default' : method.isBackup ? 'backup' : null;
  const label =
    status === 'cooling_off' && usableFrom !== null
      ? t('methods.status.until', { when: when.moment(usableFrom) })
      : t(`methods.status.${isUnready ? 'not_ready' : status}`);
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-labelledby={method.id}>
      <Title order={2} size="h4" id={method.id}>
        {t(`methods.type.${method.type}`, { defaultValue: method.type })}
      </Title>
      <Text style={{ overflowWrap: 'anywhere' }}>{method.destination}</Text>
      <Group gap="xs" mt="sm">
        {part !== null && (
          <Badge variant={part === 'default' ? 'light' : 'outline'} color="sea" className="portal-badge">
            {t(`methods.part.${part}`)}
          </Badge>
        )}
        <Badge
          color={isUnready ? 'orange' : colors[status]}
          variant="light"
          className="portal-badge portal-badge-wide"
        >
          {label}
        </Badge>
      </Group>
      {status === 'cooling_off' && usableFrom !== null && (
        <Clock from={method.createdAt} until={usableFrom} />
      )}
      {(status !== 'ready' || isUnready) && (
        <Text size="sm" c="dimmed" mt="xs">
          {t(`methods.why.${isUnready ? 'not_ready' : status}`)}
        </Text>
      )}
      {!method.isDefault && <Deeds method={method} />}
    </Paper>
  );
}

function Deeds({ method }: { readonly method: OwnPayoutMethod }) {
  const { t } = useTranslation();
  const [isAsking, { open, close }] = useDisclosure(false);
  const choose = useDeed(
    (part: 'default' | 'backup', idempotencyKey) =>
      api.post(`/api/payee/payout-methods/{id}/${part}`, { params: { id: method.id }, idempotencyKey }),
    {
      onDone: (_, part) => tell({ message: t(`methods.done.${part}`) }),
    },
  );
  const isFrozen = method.status === 'frozen';
  return (
    <Stack gap="xs" mt="md">
      {choose.error !== null && <TroubleNote error={choose.error} />}
      <Group gap="xs" className="portal-deeds">
        {!isFrozen && (
          <Button variant="light" onClick={() => choose.mutate('default')} loading={choose.isPending}>
            {t('methods.use')}
          </Button>
        )}
        {!isFrozen && !method.isBackup && (
          <Button variant="default" onClick={() => choose.mutate('backup')} disabled={choose.isPending}>
            {t('methods.keep')}
          </Button>
        )}
        <Button variant="subtle" color="red" onClick={open}>
          {t('methods.remove')}
        </Button>
      </Group>
      <Remove method={method} isAsking={isAsking} close={close} />
    </Stack>
  );
}

function Remove({
  method,
  isAsking,
  close,
}: {
  readonly method: OwnPayoutMethod;
  readonly isAsking: boolean;
  readonly close: () => void;
}) {
  const { t } = useTranslation();
  const remove = useDeed((id: string) => api.delete('/api/payee/payout-methods/{id}', { params: { id } }), {
    onDone: () => {
      close();
      tell({ message: t('methods.done.removed') });
    },
  });
  const name = `${t(`methods.type.${method.type}`, { defaultValue: method.type })} ${method.destination}`;
  return (
    <Dialog
      opened={isAsking}
      onClose={close}
      title={t('methods.removeTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        <Text fw={600}>{name}</Text>
        <Text>{t('methods.removeWords')}</Text>
        {remove.error !== null && <TroubleNote error={remove.error} />}
        <Group justify="flex-end">
          <Back onClick={close} data-autofocus>
            {t('keepIt')}
          </Back>
          <Button color="red" onClick={() => remove.mutate(method.id)} loading={remove.isPending}>
            {t('methods.removeIt')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
