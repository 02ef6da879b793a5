import { Avatar, Box, Button, Menu, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, queries } from '../../app/api.ts';
import { switchLanguage, languages } from '../../app/i18n.ts';
import { meQuery } from '../../app/me.ts';
import { forgetFile } from '../import/kept-file.ts';
import { Icon } from '../../ui/icons.tsx';

const offered = ['en', 'fr'] as const;
const schemes = ['light', 'dark', 'auto'] as const;

/** Who is signed in, and what is their own: account, look, language, the way out. */
export function PersonMenu({ showKeys }: { readonly showKeys: () => void }) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(meQuery);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: () => api.post('/api/auth/sign-out'),
    onSettled: () => {
      forgetFile();
      return queries.resetQueries();
    },
  });
  const name = data?.name ?? '';
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <Button variant="subtle" c="inherit" fw={500} px={{ base: 4, sm: 'sm' }} h={44}>
          <VisuallyHidden>{t('shell.personMenu', { name })}</VisuallyHidden>
          <Avatar name={name} size={30} color="sea" aria-hidden />
          <Box component="span" visibleFrom="sm" ms="xs" maw={180} lh={1.5} className="ellipsis" aria-hidden>
            {name}
          </Box>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{`${name} · ${t(`roles.${data?.role ?? 'viewer'}`)}`}</Menu.Label>
        <Menu.Item leftSection={<Icon name="account" />} onClick={() => void navigate({ to: '/account' })}>
          {t('nav.account')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={showKeys}>
          {t('keys.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('shell.look')}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={scheme === colorScheme && <Icon name="check" />}
          >
            {t(`shell.look_${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('shell.language')}</Menu.Label>
        {offered.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            onClick={() => void switchLanguage(language)}
            rightSection={language === i18n.language && <Icon name="check" />}
          >
            {languages[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => leave.mutate()}>{t('shell.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
