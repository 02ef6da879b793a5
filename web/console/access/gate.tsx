import { Center, Container, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../app/api.ts';
import { meQuery } from '../../app/me.ts';
import { TroubleNote } from '../../app/trouble.tsx';

// Whoever is signed in already needs neither.
const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }));
const ChoosePassword = lazy(async () => ({
  default: (await import('./choose-password.tsx')).ChoosePassword,
}));

/** Shows the console to whoever is signed in; the address stays, so one arrives where one wanted to go. */
export function Gate({ children }: { readonly children: ReactNode }) {
  return (
    <Suspense fallback={<Opening />}>
      <Door>{children}</Door>
    </Suspense>
  );
}

function Door({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(meQuery);
  if (data && data.role !== 'payee') return <>{children}</>;
  if (data) return <SignIn note={t('access.payee')} />;
  if (isProblem(error, 'unauthorized') || isProblem(error, 'cross_site')) return <SignIn />;
  if (isProblem(error, 'password_change_required')) return <ChoosePassword />;
  if (error)
    return (
      <Container size="xs" py="xl">
        <TroubleNote error={error} onRetry={() => void refetch()} />
      </Container>
    );
  return <Opening />;
}

function Opening() {
  const { t } = useTranslation();
  return (
    <Center mih="100dvh">
      <Loader aria-label={t('access.opening')} />
    </Center>
  );
}
