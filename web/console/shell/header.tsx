import { ActionIcon, AppShell, Box, Burger, Button, Group, Kbd, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '../../app/live.ts';
import { Icon } from '../../ui/icons.tsx';
import { LiveMark } from './live-mark.tsx';
import { openPalette } from './open-palette.ts';
import { PersonMenu } from './person-menu.tsx';
import { SandboxStrip } from './sandbox.tsx';

interface HeaderProps {
  readonly opened: boolean;
  readonly onToggle: () => void;
  readonly live: LiveState;
  readonly sandbox: boolean;
  readonly height: number;
  readonly showKeys: () => void;
}

/** Name, search and person; above it, in a sandbox, the strip that says so. */
export function Header({ opened, onToggle, live, sandbox, height, showKeys }: HeaderProps) {
  const { t } = useTranslation();
  return (
    <AppShell.Header>
      {sandbox && <SandboxStrip />}
      <Group h={height} px="md" justify="space-between" wrap="nowrap" gap="sm">
        <Group gap="sm" wrap="nowrap">
          <Burger
            opened={opened}
            onClick={onToggle}
            hiddenFrom="md"
            size="sm"
            aria-label={t(opened ? 'shell.closeMenu' : 'shell.openMenu')}
            aria-expanded={opened}
          />
          <Text component={Link} to="/" fw={750} size="lg" c="inherit" td="none">
            {t('shell.name')}
          </Text>
          <LiveMark state={live} />
        </Group>
        <Group gap="xs" wrap="nowrap">
          <Button
            variant="default"
            c="dimmed"
            fw={400}
            w={260}
            justify="space-between"
            visibleFrom="sm"
            leftSection={<Icon name="search" size={16} />}
            rightSection={<Kbd size="xs">{t('shell.searchKeys')}</Kbd>}
            onClick={openPalette}
          >
            <Box component="span" w={140} ta="start">
              {t('shell.search')}
            </Box>
          </Button>
          <ActionIcon
            variant="default"
            size={44}
            hiddenFrom="sm"
            onClick={openPalette}
            aria-label={t('shell.search')}
          >
            <Icon name="search" />
          </ActionIcon>
          <PersonMenu showKeys={showKeys} />
        </Group>
      </Group>
    </AppShell.Header>
  );
}
