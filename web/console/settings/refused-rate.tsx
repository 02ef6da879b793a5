import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shown, withSign } from '../../app/decimals.ts';
import { dateTime } from '../../app/format.ts';
import type { FxRatesEntered } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';

/** What became of one rate. */
export type Judged = FxRatesEntered['results'][number];

interface RefusedRateProps {
  readonly judged: Judged;
  readonly pair: string;
  readonly rate: string;
  readonly pending: boolean;
  readonly onAccept: () => void;
}

/** Why a rate was not entered; one that only jumped can be entered all the same. */
export function RefusedRate({ judged, pair, rate, pending, onAccept }: RefusedRateProps) {
  const { t } = useTranslation('settings');
  const { status, message, jump } = judged;
  if (status !== 'jump' || jump === null)
    return (
      <Note tone="bad" urgent title={t('rates.refused')}>
        {status === 'invalid' ? null : message}
      </Note>
    );
  const isBelow = jump.percent.startsWith('-');
  const facts = {
    pair,
    rate,
    percent: withSign(shown(jump.percent.replace('-', ''))),
    last: shown(jump.last),
    at: dateTime(jump.at),
  };
  return (
    <Note tone="warn" urgent title={t('rates.jumped')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t(isBelow ? 'rates.jumpBelow' : 'rates.jumpAbove', facts)}</Text>
        <Button variant="default" loading={pending} onClick={onAccept}>
          {t('rates.acceptJump', { rate })}
        </Button>
      </Stack>
    </Note>
  );
}
