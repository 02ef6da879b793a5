import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../app/api.ts';
import { TurnedAwayError } from '../../app/deed.ts';
import { dateTime } from '../../app/format.ts';
import type { FieldNames } from '../../app/form-fields.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { ProblemError } from '../../client/client.ts';

/** Why a deed was not done; of two at once the slower reads who was faster, and when. */
export function DeedTrouble({
  error,
  fields,
}: {
  readonly error: Error | null;
  readonly fields?: FieldNames;
}) {
  const { t } = useTranslation('payouts');
  if (error === null || error instanceof TurnedAwayError) return null;
  const { doneBy, doneAt, deed, until } = factsOf(error);
  return (
    <Stack gap="xs">
      <TroubleNote error={error} {...(fields && { fields })} />
      {isProblem(error, 'payout_on_hold') && <Held until={until} />}
      {typeof doneBy === 'string' && (
        <Text fw={600}>
          {t('fasterWas', {
            who: doneBy,
            at: typeof doneAt === 'string' ? dateTime(doneAt) : '',
            deed: t(`events.${typeof deed === 'string' ? deed : 'other'}`, {
              defaultValue: t('events.other'),
            }),
          })}
        </Text>
      )}
    </Stack>
  );
}

/** Until when it cannot be sent, and what would change it; why, the refusal itself says. */
function Held({ until }: { readonly until: unknown }) {
  const { t } = useTranslation('payouts');
  return (
    <Text>
      {typeof until === 'string' ? t('refused.until', { until: dateTime(until) }) : t('refused.open')}
    </Text>
  );
}

function factsOf(error: Error): Readonly<Record<string, unknown>> {
  return error instanceof ProblemError ? error.problem : {};
}
