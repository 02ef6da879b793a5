import { Paper, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/facts.tsx';
import type { Change } from './facts.ts';

/** What saving would change, before and after. */
export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const { t } = useTranslation('settings');
  return (
    <div aria-live="polite">
      {changes.length > 0 && (
        <Paper withBorder p="sm" bg="var(--mantine-color-default-hover)">
          <Text fw={600} size="sm" mb="xs">
            {t('whatChanges')}
          </Text>
          <Facts
            facts={changes.map(({ id, label, before, after }) => ({
              id,
              label,
              value: <FromTo before={before} after={after} />,
            }))}
          />
        </Paper>
      )}
    </div>
  );
}

function FromTo({ before, after }: { readonly before: string; readonly after: string }) {
  const { t } = useTranslation('settings');
  return (
    <>
      <Text component="del" c="dimmed" inherit>
        {before}
      </Text>
      <VisuallyHidden>{t('becomes')}</VisuallyHidden>
      <Text component="span" mx={8} inherit aria-hidden>
        {t('arrow')}
      </Text>
      <Text component="ins" td="none" fw={600} inherit>
        {after}
      </Text>
    </>
  );
}
