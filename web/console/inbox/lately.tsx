import { Anchor, Group, Skeleton, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

// What needs somebody is there at once; the charts come after it.
const Charts = lazy(async () => ({ default: (await import('../numbers/charts.tsx')).Charts }));

/** How the last weeks went, below what is to be done today. */
export function Lately() {
  const { t } = useTranslation('inbox');
  return (
    // Charts learn of a smaller page a moment after it has become smaller.
    <section aria-label={t('lately')} style={{ overflowX: 'clip' }}>
      <Group justify="space-between" mt="xl" mb="sm">
        <Title order={2}>{t('lately')}</Title>
        <Anchor component={Link} to="/numbers" size="sm">
          {t('toNumbers')}
        </Anchor>
      </Group>
      <Suspense fallback={<Skeleton h={320} />}>
        <Charts />
      </Suspense>
    </section>
  );
}
