import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, queries } from '../../app/api.ts';
import { chooseLanguage, languages } from '../../app/i18n.ts';
import { meQuery } from '../../app/me.ts';

const offered = ['en', 'fr'] as const;
const schemes = ['light', 'dark', 'auto'] as const;

/** Who is signed in, and what is their own: account, look, language, the way out. */
export function PersonMenu() {
  const { t } = useTranslation();
  const { data } = useQuery(meQuery);
  const { setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: () => api.post('/api/auth/sign-out'),
    onSettled: () => queries.resetQueries(),
  });
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          variant="subtle"
          maw={{ base: 110, sm: 240 }}
          aria-label={t('shell.personMenu', { name: data?.name ?? '' })}
        >
          {data?.name ?? ''}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(`roles.${data?.role ?? 'viewer'}`)}</Menu.Label>
        <Menu.Item onClick={() => void navigate({ to: '/account' })}>{t('nav.account')}</Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('shell.look')}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item key={scheme} onClick={() => setColorScheme(scheme)}>
            {t(`shell.look_${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('shell.language')}</Menu.Label>
        {offered.map((language) => (
          <Menu.Item key={language} lang={language} onClick={() => void chooseLanguage(language)}>
            {languages[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => leave.mutate()}>{t('shell.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
