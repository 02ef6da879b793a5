import { Badge, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Payee } from '../../client/types.ts';
import { readable } from '../payouts/readable.ts';

const wrong: ReadonlySet<string> = new Set(['blocked', 'frozen']);

/** Whether they can be paid, and what is in the way, in the words of the payee's own page. */
export function PayeeState({ payee: { blocks } }: { readonly payee: Payee }) {
  const { t } = useTranslation('payees');
  const [first, ...others] = blocks;
  if (first === undefined)
    return (
      <Badge color="teal" variant="light" tt="none" miw="max-content">
        {t('states.ready')}
      </Badge>
    );
  return (
    <Stack gap={4} align="flex-start" maw={420}>
      <Badge color={wrong.has(first.kind) ? 'red' : 'orange'} variant="light" tt="none" miw="max-content">
        {t(`states.${first.kind}`)}
      </Badge>
      <Text size="sm" c="dimmed" className="anywhere">
        {readable(first.words)}
      </Text>
      {others.length > 0 && <Text size="sm">{t('states.more', { count: others.length })}</Text>}
    </Stack>
  );
}
