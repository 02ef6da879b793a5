import { AppShell, Box, Burger, Button, Group, Kbd, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../app/live.ts';
import { LiveMark } from './live-mark.tsx';
import { Navigation } from './navigation.tsx';
import { Palette } from './palette.tsx';
import { PersonMenu } from './person-menu.tsx';
import { SandboxFrame } from './sandbox-frame.tsx';

const headerHeight = 60;
const navigationWidth = 232;

/** What stands around every page. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  const live = useLive('/api/admin/events');
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: headerHeight }}
      navbar={{ width: navigationWidth, breakpoint: 'md', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a className="skip-link" href="#content">
        {t('shell.skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="md"
              aria-label={t(opened ? 'shell.closeMenu' : 'shell.openMenu')}
            />
            <Text fw={750} size="lg">
              {t('shell.name')}
            </Text>
            <LiveMark state={live} />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" onClick={spotlight.open} aria-label={t('shell.search')}>
              {t('shell.search')}
              <Box component="span" ms="sm" visibleFrom="sm">
                <Kbd>{t('shell.searchKeys')}</Kbd>
              </Box>
            </Button>
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content">
        <SandboxFrame />
        <Outlet />
      </AppShell.Main>
      <Palette />
    </AppShell>
  );
}
