import { Anchor, Button, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count, dateTime, duration, moneyList } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { ProblemError } from '../../client/client.ts';
import type { Totals } from '../../client/types.ts';
import { starter } from '../batches/starter.ts';

interface PayRefusalProps {
  readonly error: Error;
  readonly onPreview: () => void;
}

/** Why a run was not started, and right below what helps in this case. */
export function PayRefusal({ error, onPreview }: PayRefusalProps) {
  const { t } = useTranslation('cycles');
  return (
    <Stack gap="xs">
      <TroubleNote error={error} fields={{ notes: null, acceptShortfall: t('pay.accept') }} />
      {error instanceof ProblemError && <Facts error={error} onPreview={onPreview} />}
    </Stack>
  );
}

function Facts({ error, onPreview }: { readonly error: ProblemError; readonly onPreview: () => void }) {
  const { t } = useTranslation('cycles');
  const { problem, retryAfter } = error;
  const text = (name: string) => {
    const fact = problem[name];
    return typeof fact === 'string' ? fact : '';
  };
  switch (error.code) {
    case 'changed_since_preview':
    case 'nothing_to_pay':
      return (
        <>
          {problem['eligibleTotals'] !== undefined && (
            <Text>
              {t('refused.now', {
                n: count(Number(problem['eligibleCount'] ?? 0)),
                total: moneyList(problem['eligibleTotals'] as Totals),
              })}
            </Text>
          )}
          <Button variant="default" onClick={onPreview} style={{ alignSelf: 'flex-start' }}>
            {t('refused.look')}
          </Button>
        </>
      );
    case 'insufficient_float':
      return (
        <Text fw={600}>
          {t('refused.short', { total: moneyList((problem['shortfall'] ?? {}) as Totals) })}
        </Text>
      );
    case 'cycle_locked':
      return problem['expiresAt'] === undefined ? null : (
        <Text>{t('active.locked', { by: text('lockedBy'), until: dateTime(text('expiresAt')) })}</Text>
      );
    case 'batch_already_active':
      return (
        <Text>
          {t('refused.active', { by: starter(text('startedBy')) })}{' '}
          <Anchor component={Link} to={`/batches/${text('batchId')}`}>
            {t('progress.batch')}
          </Anchor>
        </Text>
      );
    case 'process_too_often':
      return retryAfter === null ? null : <Text>{t('refused.wait', { wait: duration(retryAfter) })}</Text>;
    default:
      return null;
  }
}
