import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { TroubleNote } from '../../app/trouble.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { PageLink, places } from '../page-link.tsx';
import { methodsQuery } from '../queries.ts';
import { MethodCard } from './method-card.tsx';

/** Where the money goes: what is used, what waits in reserve, and how long a change still waits. */
export function MethodsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(methodsQuery);
  const methods = data?.data;
  const add = (
    <Button component={PageLink} to={places.addMethod} h={48} fullWidth>
      {t('methods.add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('nav.methods')} lead={t('methods.lead')} />
      <Stack>
        {error !== null && <TroubleNote error={error} onRetry={() => void refetch()} />}
        {methods === undefined && error === null && <Skeleton h={200} radius="lg" />}
        {methods?.length === 0 && (
          <Empty title={t('methods.none')} action={add}>
            {t('methods.noneWords')}
          </Empty>
        )}
        {methods?.map((method) => (
          <MethodCard key={method.id} method={method} />
        ))}
        {methods !== undefined && methods.length > 0 && add}
        <section aria-labelledby="not-me">
          <Title order={2} size="h4" id="not-me">
            {t('methods.notMe')}
          </Title>
          <Text c="dimmed" mt={4}>
            {t('methods.notMeWords')}
          </Text>
        </section>
      </Stack>
    </>
  );
}
