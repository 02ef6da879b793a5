import { AppShell } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Outlet, useLocation } from '@tanstack/react-router';
import { type MouseEvent, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { later } from '../../app/later.tsx';
import { useLive } from '../../app/live.ts';
import { PageWaiting } from '../../app/page-waiting.tsx';
import { FactorNudge } from './factor-nudge.tsx';
import { Header } from './header.tsx';
import { useKeys, useKeysOn } from './keys.ts';
import { Navigation } from './navigation.tsx';
import { openPalette, usePaletteWanted } from './open-palette.ts';
import { SandboxFrame, stripHeight, useSandbox } from './sandbox.tsx';

const KeysHelp = later(async () => (await import('./keys-help.tsx')).KeysHelp);
const Palette = later(async () => (await import('./palette.tsx')).Palette);

const headerHeight = 60;
const navigationWidth = 232;

/** What stands around every page. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  const [helps, help] = useDisclosure(false);
  const [helped, setHelped] = useState(false);
  const [keysOn, turnKeys] = useKeysOn();
  const { open } = help;
  // Once loaded it stays, as it gives the focus back when it closes.
  const showKeys = useCallback(() => {
    setHelped(true);
    open();
  }, [open]);
  const live = useLive('/api/admin/events');
  const sandbox = useSandbox();
  const { pathname } = useLocation();
  const searches = usePaletteWanted();
  useKeys(keysOn, showKeys);
  useHotkeys([['mod+K', openPalette]], []);
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: sandbox ? headerHeight + stripHeight : headerHeight }}
      navbar={{ width: navigationWidth, breakpoint: 'md', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', md: 'xl' }}
      transitionDuration={0}
    >
      <a className="skip-link" href="#content" onClick={skip}>
        {t('shell.skip')}
      </a>
      {sandbox && <SandboxFrame />}
      <Header
        opened={opened}
        onToggle={toggle}
        live={live}
        sandbox={sandbox}
        height={headerHeight}
        showKeys={showKeys}
      />
      <AppShell.Navbar p="sm">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <FactorNudge />
        <Suspense fallback={<PageWaiting />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      {searches && <Palette showKeys={showKeys} />}
      {helped && <KeysHelp opened={helps} onClose={help.close} isOn={keysOn} turn={turnKeys} />}
    </AppShell>
  );
}

/** Without the address: a new one would draw the page anew. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#content')?.focus();
}
