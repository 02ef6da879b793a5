import { Button, Grid, Stack } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '../../../src/core/roles.ts';
import { useFilters } from '../../app/filters.ts';
import { money } from '../../app/format.ts';
import { meQuery } from '../../app/me.ts';
import type { WaitingPayout } from '../../client/types.ts';
import { BulkBar } from '../payouts/bulk-bar.tsx';
import { DeedDialog } from '../payouts/deed-dialog.tsx';
import { DecidePanel } from './decide-panel.tsx';
import { useDecisions } from './decisions.ts';
import { KeysHelp } from './keys-help.tsx';
import { LastWord } from './last-word.tsx';
import { QueueList } from './queue-list.tsx';
import { useKeys } from './use-keys.ts';
import { whyNotApprove } from './why-own.ts';

const none: ReadonlySet<string> = new Set();
const narrow = '(max-width: 62em)';

interface QueueProps {
  readonly rows: readonly WaitingPayout[];
  readonly empty: ReactNode;
}

/** The list with one payout beside it; everything by keyboard, too. On a phone one is looked at in place of the list. */
export function Queue({ rows: all, empty }: QueueProps) {
  const { t } = useTranslation(['approvals', 'payouts']);
  const isNarrow = useMediaQuery(narrow, window.matchMedia(narrow).matches);
  const [{ payout: asked }, change] = useFilters();
  const { data: me } = useQuery(meQuery);
  const [decided, setDecided] = useState(none);
  const [chosen, setChosen] = useState(none);
  const [declining, decline] = useDisclosure(false);
  const [helping, help] = useDisclosure(false);
  const rows = all.filter(({ id }) => !decided.has(id));
  const at = rows.findIndex(({ id }) => id === asked);
  const shown = rows[at] ?? (isNarrow ? undefined : rows[0]);
  const looker = { role: me?.role ?? ('viewer' as const), id: me?.id ?? '' };
  const key = shown ? whyNotApprove(shown, looker) : null;
  const whyNot = key === null ? null : t(key, { ns: 'payouts' });
  const select = (row: WaitingPayout | undefined) => change({ payout: row?.id ?? '' });
  const step = (by: 1 | -1) => select(rows[Math.min(Math.max(at + by, at === -1 ? 1 : 0), rows.length - 1)]);
  const { last, approveNow, declined, isApproving } = useDecisions(
    (payout) => t('approveWhat', { amount: money(payout.amount, payout.currency), payee: payout.payeeName }),
    (id) => {
      const place = rows.findIndex((row) => row.id === id);
      setDecided(new Set([...decided, id]));
      select(rows[place + 1] ?? rows[place - 1]);
    },
  );
  const mayDecide = may(looker.role, 'approve');
  useKeys({
    a: () => shown && whyNot === null && approveNow(shown),
    r: () => shown && mayDecide && decline.open(),
    j: () => step(1),
    k: () => step(-1),
    x: () => shown && setChosen(toggled(chosen, shown.id)),
    '?': help.open,
  });
  return (
    <>
      <LastWord word={last} />
      {chosen.size > 0 && (
        <BulkBar
          chosen={rows.filter(({ id }) => chosen.has(id))}
          offered={['approve', 'hold', 'cancel']}
          onDone={() => setChosen(none)}
        />
      )}
      {rows.length === 0 && empty}
      <Grid gap="lg">
        {!(isNarrow && shown) && rows.length > 0 && (
          <Grid.Col span={{ base: 12, md: 5 }}>
            <QueueList
              rows={rows}
              selected={shown?.id}
              chosen={chosen}
              onSelect={(id) => change({ payout: id })}
              onChoose={setChosen}
            />
          </Grid.Col>
        )}
        {shown && (
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Stack gap="sm">
              {isNarrow && (
                <Button
                  variant="subtle"
                  px={0}
                  style={{ alignSelf: 'flex-start' }}
                  onClick={() => select(undefined)}
                >
                  {t('toQueue')}
                </Button>
              )}
              <DecidePanel
                payout={shown}
                whyNot={whyNot}
                whyNotDecline={mayDecide ? null : t('why.role_approve', { ns: 'payouts' })}
                isApproving={isApproving}
                onApprove={() => approveNow(shown)}
                onDecline={decline.open}
              />
            </Stack>
          </Grid.Col>
        )}
      </Grid>
      {declining && shown && (
        <DeedDialog deed="decline" payout={shown} onClose={decline.close} onDone={() => declined(shown)} />
      )}
      {helping && <KeysHelp onClose={help.close} />}
    </>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}
