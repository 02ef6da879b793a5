import { Anchor, Group, Skeleton, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

// What needs somebody is there at once; the charts come after it.
const Overview = lazy(async () => ({ default: (await import('./overview.tsx')).Overview }));

/** How the last weeks went and how far the money reaches, below what is to be done today. */
export function Lately() {
  const { t } = useTranslation('inbox');
  return (
    <section aria-label={t('lately')}>
      <Group justify="space-between" mt="xl" mb="sm">
        <Title order={2}>{t('lately')}</Title>
        <Anchor component={Link} to="/numbers" size="sm" className="link-target">
          {t('toNumbers')}
        </Anchor>
      </Group>
      <Suspense fallback={<Skeleton h={320} />}>
        <Overview />
      </Suspense>
    </section>
  );
}
