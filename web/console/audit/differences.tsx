import { Box, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Difference } from './difference.ts';

/** Facts that fill a screen are shown in part; the file has them all. */
const shownMax = 12;

/** What an event changed, fact by fact, before and after. */
export function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  const { t } = useTranslation('audit');
  if (differences.length === 0) return null;
  const hidden = differences.length - shownMax;
  return (
    <Box component="dl" className="differences">
      {differences.slice(0, shownMax).map(({ path, before, after }) => (
        <div key={path}>
          <dt>{path === '' ? t('value') : path}</dt>
          <dd>
            {before !== null && (
              <del>
                <VisuallyHidden>{t('was')}</VisuallyHidden>
                {before}
              </del>
            )}
            {before !== null && after !== null && <span aria-hidden>{t('arrow')}</span>}
            {after !== null && (
              <ins>
                <VisuallyHidden>{t('is')}</VisuallyHidden>
                {after}
              </ins>
            )}
          </dd>
        </div>
      ))}
      {hidden > 0 && (
        <Text size="sm" c="dimmed" component="div">
          {t('moreFacts', { count: hidden })}
        </Text>
      )}
    </Box>
  );
}
