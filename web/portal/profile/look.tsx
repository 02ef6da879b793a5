import { NativeSelect, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const schemes = ['auto', 'light', 'dark'] as const;

/** Light, dark, or like the phone. */
export function Look() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <NativeSelect
      size="md"
      label={t('profile.look')}
      value={colorScheme}
      onChange={(event) => setColorScheme(schemes.find((one) => one === event.currentTarget.value) ?? 'auto')}
      data={schemes.map((value) => ({ value, label: t(`profile.look_${value}`) }))}
    />
  );
}
