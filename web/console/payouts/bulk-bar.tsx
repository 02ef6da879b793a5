import { Button, Group, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count, moneyList } from '../../app/format.ts';
import { meQuery } from '../../app/me.ts';
import type { Payout } from '../../client/types.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { type BulkDeed, bulkDeeds, planOf, totalsOf, whyNotBulk } from './bulk-plan.ts';
import { saveCsv } from './payouts-csv.ts';
import { ReasonedButton } from './reasoned-button.tsx';

interface BulkBarProps {
  readonly chosen: readonly Payout[];
  readonly offered?: readonly BulkDeed[];
  readonly onDone: () => void;
}

/** What can be done to the payouts that are chosen. */
export function BulkBar({ chosen, offered = bulkDeeds, onDone }: BulkBarProps) {
  const { t } = useTranslation('payouts');
  const { data: me } = useQuery(meQuery);
  const [open, setOpen] = useState<BulkDeed | null>(null);
  const looker = { role: me?.role ?? ('viewer' as const), id: me?.id ?? '' };
  return (
    <Paper withBorder p="sm" mb="md" component="section" aria-label={t('bulk.label')}>
      <Text fw={600} className="amount" style={{ whiteSpace: 'normal' }} mb="xs" aria-live="polite">
        {t('bulk.chosen', { count: chosen.length, total: moneyList(totalsOf(chosen)) })}
      </Text>
      <Group gap="xs">
        {offered.map((deed) => {
          const why = whyNotBulk(deed, chosen, looker);
          const able = planOf(deed, chosen).able.length;
          const isForAll = able === 0 || able === chosen.length;
          return (
            <ReasonedButton
              key={deed}
              variant="default"
              why={why === null ? null : t(why)}
              onClick={() => setOpen(deed)}
            >
              {isForAll
                ? t(`bulk.${deed}.button`)
                : t(`bulk.${deed}.some`, { n: count(able), of: count(chosen.length) })}
            </ReasonedButton>
          );
        })}
        <Button variant="default" onClick={() => saveCsv(chosen)}>
          {t('bulk.csv')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('bulk.none')}
        </Button>
      </Group>
      {open !== null && (
        <BulkDialog
          deed={open}
          payouts={chosen}
          onClose={(isDone) => {
            setOpen(null);
            if (isDone) onDone();
          }}
        />
      )}
    </Paper>
  );
}
