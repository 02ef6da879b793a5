import { Container, Group, Text } from '@mantine/core';
import { Outlet, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../app/live.ts';
import { PageLink, places } from '../page-link.tsx';
import { SandboxMark } from './sandbox.tsx';
import { HomeIcon, MethodsIcon, PayoutsIcon, ProfileIcon } from './icons.tsx';

const tabs: readonly { key: string; to: string; icon: ReactNode }[] = [
  { key: 'home', to: places.home, icon: <HomeIcon /> },
  { key: 'payouts', to: places.payouts, icon: <PayoutsIcon /> },
  { key: 'methods', to: places.methods, icon: <MethodsIcon /> },
  { key: 'profile', to: places.profile, icon: <ProfileIcon /> },
];

/** What stands around every page: on a phone the places lie under the thumb, on a wide screen above. */
export function Shell() {
  const { t } = useTranslation();
  useLive('/api/payee/events');
  return (
    <div className="portal">
      <a className="skip-link" href="#content">
        {t('shell.skip')}
      </a>
      <header className="portal-head no-print">
        <SandboxMark />
        <Container size="sm" h={56} px="md">
          <Group h="100%" justify="space-between" wrap="nowrap">
            <PageLink to={places.home} className="portal-brand">
              <img src="/icon.svg" alt="" width={26} height={26} />
              <Text component="span" fw={700}>
                {t('shell.name')}
              </Text>
            </PageLink>
            <Tabs place="top" />
          </Group>
        </Container>
      </header>
      <Container component="main" id="content" size="sm" px="md" py="lg" className="portal-main">
        <Outlet />
      </Container>
      <Tabs place="bottom" />
    </div>
  );
}

/** Drawn twice, shown once: where it is not to be seen it is not there for a screen reader either. */
function Tabs({ place }: { readonly place: 'top' | 'bottom' }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const here = pathname.replace(/^\/portal/, '') || '/';
  return (
    <nav className={`portal-tabs portal-tabs-${place} no-print`} aria-label={t('shell.pages')}>
      {tabs.map(({ key, to, icon }) => {
        const isHere = to === '/' ? here === '/' : here.startsWith(to);
        return (
          <PageLink key={key} to={to} className="portal-tab" aria-current={isHere ? 'page' : undefined}>
            {icon}
            <span>{t(`nav.${key}`)}</span>
          </PageLink>
        );
      })}
    </nav>
  );
}
