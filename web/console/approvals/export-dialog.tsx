import { Button, Checkbox, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { type BodyOf, type FieldsOf } from '../../app/form-fields.ts';
import { useDeed } from '../../app/deed.ts';
import { money } from '../../app/format.ts';
import { api } from '../../app/api.ts';
import type { HandTransferTotal } from '../../client/types.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { saveFile } from '../payouts/save-file.ts';
import { tell } from '../../app/tell.ts';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface ExportDialogProps {
  readonly groups: readonly HandTransferTotal[];
  readonly onClose: () => void;
}

/** Hands whole accounts over as a file; says beforehand how many and how much. */
export function ExportDialog({ groups, onClose }: ExportDialogProps) {
  const { t } = useTranslation('approvals');
  return (
    <Dialog onClose={onClose} title={t('hand.exportTitle')}>
      <ExportForm groups={groups} onClose={onClose} />
    </Dialog>
  );
}

const nameOf = ({ method, currency }: HandTransferTotal) => `${method} ${currency}`;

function ExportForm({ groups, onClose }: ExportDialogProps) {
  const { t } = useTranslation('approvals');
  const [named, setNamed] = useState(groups[0] === undefined ? '' : nameOf(groups[0]));
  const [again, setAgain] = useState(false);
  const group = groups.find((one) => nameOf(one) === named);
  const describe = (one: HandTransferTotal) =>
    t('hand.exportChoice', {
      method: t(`hand.methods.${one.method}`),
      currency: one.currency,
      count: again ? one.count : one.count - one.exported,
      total: money(one.total, one.currency),
    });
  const hand = useDeed(
    (one: HandTransferTotal, idempotencyKey) =>
      api.post('/hand-transfers/export', {
        body: { method: one.method, currency: one.currency, again },
        idempotencyKey,
      }),
    {
      what: (one) => t('hand.exportNow', { what: describe(one) }),
      onDone: (csv, one) => {
        saveFile(`transfers_${one.method}_${one.currency}.csv`, csv);
        tell(t('hand.exported'));
        onClose();
      },
    },
  );
  const fields: FieldsOf<BodyOf<'POST', '/hand-transfers/export'>> = {
    method: t('hand.exportMethod'),
    currency: t('hand.exportMethod'),
    again: t('hand.again'),
    payoutIds: undefined,
  };
  const { form } = useForm(() => {
    if (group && !hand.isPending) hand.mutate(group);
  }, hand.error);
  return (
    <form {...form}>
      <Stack>
        <Text>{t('hand.exportLead')}</Text>
        <Radio.Group label={t('hand.exportMethod')} value={named} onChange={setNamed}>
          {groups.map((one) => (
            <Radio key={nameOf(one)} mt="xs" value={nameOf(one)} label={describe(one)} />
          ))}
        </Radio.Group>
        <Checkbox
          label={t('hand.again')}
          description={t('hand.againHint')}
          checked={again}
          onChange={(event) => setAgain(event.currentTarget.checked)}
        />
        <DeedTrouble error={hand.error} fields={fields} />
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('hand.back')}</Back>
          <Button type="submit" loading={hand.isPending} disabled={!group}>
            {t('hand.exportNow', { what: group ? describe(group) : '' })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
