import { Group, Kbd, Stack, Switch, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { goKeys } from '../nav.ts';

interface KeysHelpProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly isOn: boolean;
  readonly turn: (on: boolean) => void;
}

/** What the keyboard does here, and the switch for those whom single keys disturb. */
export function KeysHelp({ opened, onClose, isOn, turn }: KeysHelpProps) {
  const { t } = useTranslation();
  const rows = [
    { keys: ['Ctrl', 'K'], does: t('keys.palette') },
    { keys: ['/'], does: t('keys.search') },
    { keys: ['?'], does: t('keys.help') },
    ...Object.entries(goKeys).map(([key, place]) => ({
      keys: ['g', key],
      does: t('keys.go', { page: t(`nav.${place.key}`) }),
    })),
    { keys: ['Esc'], does: t('keys.close') },
  ];
  return (
    <Dialog opened={opened} onClose={onClose} title={t('keys.title')} centered>
      <Stack>
        <Table>
          <Table.Caption className="mantine-visually-hidden">{t('keys.title')}</Table.Caption>
          <Table.Tbody>
            {rows.map(({ keys, does }) => (
              <Table.Tr key={does}>
                <Table.Th scope="row" fw={400}>
                  {does}
                </Table.Th>
                <Table.Td>
                  <Group gap={4} justify="flex-end" wrap="nowrap">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Switch
          label={t('keys.on')}
          description={t('keys.onHint')}
          checked={isOn}
          onChange={(event) => turn(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed">
          {t('keys.pages')}
        </Text>
      </Stack>
    </Dialog>
  );
}
