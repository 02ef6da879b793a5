import { Badge, Box, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { later } from '../../app/later.tsx';
import { ago, dateTime } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import type { PayoutMethod } from '../../client/types.ts';
import { useNow } from '../inbox/now.ts';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';
import { MethodDeeds } from './method-deeds.tsx';
import { payeeQueries } from './payee-queries.ts';
import { Reveal } from './reveal.tsx';

const AddMethodDialog = later(async () => (await import('./add-method-dialog.tsx')).AddMethodDialog);

/** Where their money goes: the one in use, the one in reserve, and how long each still serves its time. */
export function Methods({ id }: { readonly id: string }) {
  const { t } = useTranslation('payees');
  const { data } = useQuery(payeeQueries.methods(id));
  const mayOperate = useMay('operate');
  const [adding, add] = useDisclosure(false);
  const why = mayOperate ? null : t('why.role_operate');
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="methods">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3" id="methods">
          {t('methods')}
        </Title>
        <ReasonedButton variant="default" size="sm" why={why} onClick={add.open}>
          {t('add.button')}
        </ReasonedButton>
      </Group>
      {data === undefined && <Skeleton h={80} />}
      {data?.data.length === 0 && <Text c="dimmed">{t('noMethods')}</Text>}
      <Stack gap="md">
        {data?.data.map((method) => (
          <Method key={method.id} id={id} method={method} why={why} />
        ))}
      </Stack>
      {adding && <AddMethodDialog id={id} onClose={add.close} />}
    </Paper>
  );
}

interface MethodProps {
  readonly id: string;
  readonly method: PayoutMethod;
  readonly why: string | null;
}

function Method({ id, method, why }: MethodProps) {
  const { t } = useTranslation('payees');
  const now = useNow();
  const { usableFrom, status } = method;
  return (
    <Box>
      <Group gap="xs">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {`${t(`types.${method.type}`, { defaultValue: method.type })} ${method.destination}`}
        </Text>
        {method.isDefault && (
          <Badge variant="light" tt="none">
            {t('inUse')}
          </Badge>
        )}
        {method.isBackup && (
          <Badge variant="light" color="gray" tt="none">
            {t('inReserve')}
          </Badge>
        )}
      </Group>
      {status === 'cooling_off' && usableFrom !== null && (
        <Text>{t('coolsOff', { until: dateTime(usableFrom), when: ago(usableFrom, now) })}</Text>
      )}
      {status === 'frozen' && <Text c="var(--mantine-color-error)">{t('frozen')}</Text>}
      {status === 'ready' && (
        <Text c="dimmed">{t(method.accountNotReady ? 'accountNotReady' : 'ready')}</Text>
      )}
      {method.sharedAccount && <Text>{t('shared')}</Text>}
      {method.isDefault && <Reveal id={id} />}
      <MethodDeeds id={id} method={method} why={why} />
    </Box>
  );
}
