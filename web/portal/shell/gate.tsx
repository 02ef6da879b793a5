import { Container, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../app/api.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { profileQuery } from '../queries.ts';
import { toDoorAndBack } from './leave.ts';

/** Shows the portal to the payee who is signed in; whoever is not any more is taken to the door. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(profileQuery);
  const isOut = isProblem(error, 'unauthorized') || isProblem(error, 'forbidden');
  if (isOut) toDoorAndBack();
  if (data && !isOut) return <>{children}</>;
  if (error && !isOut)
    return (
      <Container component="main" size="xs" py="xl">
        <TroubleNote error={error} onRetry={() => void refetch()} />
      </Container>
    );
  return (
    <Container component="main" size="xs" py="xl" aria-busy="true" aria-label={t('shell.opening')}>
      <Stack>
        <Skeleton h={40} w="60%" />
        <Skeleton h={140} />
        <Skeleton h={90} />
      </Stack>
    </Container>
  );
}
