import { Kbd, Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const keys = ['a', 'r', 'j', 'k', 'x', '?'] as const;

/** What the keyboard does here. */
export function KeysHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('approvals');
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} centered>
      <Table>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" w={64}>
                <Kbd>{key}</Kbd>
              </Table.Th>
              <Table.Td>{t(`keys.long.${key}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
