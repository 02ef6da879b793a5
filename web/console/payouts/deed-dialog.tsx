import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { isProblem } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { money } from '../../app/format.ts';
import type { Payout } from '../../client/types.ts';
import type { DeedWords } from './deed-calls.ts';
import { doToOne } from './deed-calls.ts';
import { deedAtFields, DeedFields } from './deed-fields.tsx';
import { DeedTrouble } from './deed-trouble.tsx';
import type { Deed } from './deeds.ts';
import { tell } from '../../app/tell.ts';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** What of a payout a deed names. */
type Target = Pick<Payout, 'id' | 'payeeName' | 'amount' | 'currency'>;

interface DeedDialogProps {
  readonly deed: Deed;
  readonly payout: Target;
  /** What stands below the first words. */
  readonly children?: ReactNode;
  /** What the payout was when the person looked at it. */
  readonly approvalHash?: string | undefined;
  /** What stands in the fields already. */
  readonly start?: DeedWords;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** Asks once more before something is done to a payout, naming person and amount. */
export function DeedDialog({ deed, onClose, ...props }: DeedDialogProps) {
  const { t } = useTranslation('payouts');
  return (
    <Dialog onClose={onClose} title={t(`deeds.${deed}.title`)} size="md">
      <DeedForm deed={deed} onClose={onClose} {...props} />
    </Dialog>
  );
}

function DeedForm({ deed, payout, approvalHash, start, children, onClose, onDone }: DeedDialogProps) {
  const { t } = useTranslation('payouts');
  const [words, setWords] = useState<DeedWords>(start ?? {});
  const said = { payee: payout.payeeName, amount: money(payout.amount, payout.currency) };
  const act = useDeed((input: DeedWords, key) => doToOne(deed, payout.id, input, key), {
    what: () => t(`deeds.${deed}.confirm`, said),
    onDone: () => {
      tell(t(`deeds.${deed}.done`, said));
      onDone?.();
      onClose();
    },
  });
  const { form, at } = useForm(() => {
    if (!act.isPending) act.mutate(approvalHash === undefined ? words : { ...words, approvalHash });
  }, act.error);
  const isExported = isProblem(act.error, 'in_hand_export') || words.evenIfExported === true;
  return (
    <form {...form}>
      <Stack>
        <Text>{t(`deeds.${deed}.lead`, said)}</Text>
        {children}
        <DeedFields deed={deed} currency={payout.currency} words={words} onChange={setWords} at={at} />
        <DeedTrouble error={act.error} fields={deedAtFields} />
        {isExported && (
          <Checkbox
            label={t('evenIfExported')}
            checked={words.evenIfExported === true}
            onChange={(event) => setWords({ ...words, evenIfExported: event.currentTarget.checked })}
          />
        )}
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('back')}</Back>
          <Button
            type="submit"
            loading={act.isPending}
            color={deed === 'decline' || deed === 'cancel' ? 'red.9' : 'sea'}
          >
            {t(`deeds.${deed}.confirm`, said)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
