import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import type { PayoutMethod } from '../../client/types.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';
import { tell } from '../../app/tell.ts';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';

const deeds = ['default', 'backup', 'release', 'remove'] as const;
type MethodDeed = (typeof deeds)[number];

interface MethodDeedsProps {
  readonly id: string;
  readonly method: PayoutMethod;
  /** Why whoever looks may do none of it; null: they may. */
  readonly why: string | null;
}

/** What can be done to a payout method; each asks once more. */
export function MethodDeeds({ id, method, why }: MethodDeedsProps) {
  const { t } = useTranslation('payees');
  const [open, setOpen] = useState<MethodDeed | null>(null);
  return (
    <Group gap="xs" mt={4}>
      {deeds
        .filter((deed) => fits(deed, method))
        .map((deed) => (
          <ReasonedButton
            key={deed}
            variant="default"
            size="xs"
            why={why ?? whyNot(deed, method, t)}
            label={t('method.labelled', { deed: t(`method.${deed}.button`), account: method.destination })}
            onClick={() => setOpen(deed)}
          >
            {t(`method.${deed}.button`)}
          </ReasonedButton>
        ))}
      {open !== null && <MethodDialog id={id} method={method} deed={open} onClose={() => setOpen(null)} />}
    </Group>
  );
}

function fits(deed: MethodDeed, { isDefault, isBackup, status }: PayoutMethod): boolean {
  if (deed === 'release') return status === 'frozen';
  if (deed === 'remove') return !isDefault;
  return deed === 'default' ? !isDefault : !isDefault && !isBackup;
}

function whyNot(deed: MethodDeed, { status }: PayoutMethod, t: (key: string) => string): string | null {
  return status === 'frozen' && (deed === 'default' || deed === 'backup') ? t('why.frozen') : null;
}

interface MethodDialogProps {
  readonly id: string;
  readonly method: PayoutMethod;
  readonly deed: MethodDeed;
  readonly onClose: () => void;
}

function MethodDialog({ id, method, deed, onClose }: MethodDialogProps) {
  const { t } = useTranslation('payees');
  const act = useDeed((input: MethodDeed, key) => doIt(input, id, method.id, key), {
    what: (input) => t(`method.${input}.title`),
    onDone: (_, input) => {
      tell(t(`method.${input}.done`));
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={t(`method.${deed}.title`)}>
      <Stack>
        <Text fw={600}>{method.destination}</Text>
        <Text>{t(`method.${deed}.lead`)}</Text>
        <DeedTrouble error={act.error} />
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('back')}</Back>
          <Button loading={act.isPending} onClick={() => act.mutate(deed)}>
            {t(`method.${deed}.confirm`)}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

async function doIt(deed: MethodDeed, id: string, methodId: string, idempotencyKey: string): Promise<void> {
  const options = { params: { id, methodId }, idempotencyKey };
  if (deed === 'default') await api.post('/payees/{id}/payout-methods/{methodId}/default', options);
  if (deed === 'backup') await api.post('/payees/{id}/payout-methods/{methodId}/backup', options);
  if (deed === 'release') await api.post('/payees/{id}/payout-methods/{methodId}/release', options);
  if (deed === 'remove')
    await api.delete('/payees/{id}/payout-methods/{methodId}', { params: { id, methodId } });
}
