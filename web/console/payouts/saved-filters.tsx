import { Button, Group, Menu, Stack, TextInput } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import type { Filters } from '../../app/filters.ts';
import { Dialog } from '../../ui/dialog.tsx';

interface Saved {
  readonly name: string;
  readonly filters: Filters;
}

const savedMax = 30;
const nameCharsMax = 60;
const nothing: Filters = { view: '', status: '' };

interface SavedFiltersProps {
  readonly filters: Filters;
  readonly onChoose: (filters: Filters) => void;
}

/** Filters under a name, kept in this browser; the address of a list can be sent to anybody. */
export function SavedFilters({ filters, onChoose }: SavedFiltersProps) {
  const { t } = useTranslation('payouts');
  const [saved, setSaved] = useLocalStorage<Saved[]>({ key: 'purser.payout-filters', defaultValue: [] });
  const [naming, { open, close }] = useDisclosure(false);
  const save = (name: string) => {
    setSaved([{ name, filters }, ...saved.filter((one) => one.name !== name)].slice(0, savedMax));
    close();
  };
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="default">{t('saved.button')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {saved.map((one) => (
            <Menu.Item key={one.name} onClick={() => onChoose({ ...nothing, ...one.filters })}>
              {one.name}
            </Menu.Item>
          ))}
          {saved.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={open}>{t('saved.keep')}</Menu.Item>
          {saved.map((one) => (
            <Menu.Item
              key={one.name}
              c="dimmed"
              onClick={() => setSaved(saved.filter(({ name }) => name !== one.name))}
            >
              {t('saved.forget', { name: one.name })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <Dialog onClose={close} title={t('saved.title')}>
          <NameForm onSave={save} />
        </Dialog>
      )}
    </>
  );
}

function NameForm({ onSave }: { readonly onSave: (name: string) => void }) {
  const { t } = useTranslation('payouts');
  const [name, setName] = useState('');
  const { form, at } = useForm(() => onSave(name.trim()));
  return (
    <form {...form}>
      <Stack>
        <TextInput
          {...at('name')}
          label={t('saved.name')}
          description={t('saved.hint')}
          required
          maxLength={nameCharsMax}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit">{t('saved.save')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
