import { Anchor, Box, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { meQuery } from '../../app/me.ts';
import { Note } from '../../ui/note.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { AuthenticatorApp } from './authenticator-app.tsx';
import { LookAndLanguage } from './look.tsx';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { Sessions } from './sessions.tsx';

/** What belongs to whoever is signed in: how they prove themselves, where they are signed in, how pages look. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const { data: me } = useQuery(meQuery);
  const factors = me?.secondFactors;
  const hasNone = factors !== undefined && factors !== null && !factors.totp && factors.passkeys === 0;
  return (
    <Box maw={820}>
      <PageHead
        title={t('title')}
        lead={me && `${me.name} · ${me.email ?? ''} · ${t(`console:roles.${me.role}`)}`}
      />
      <Stack gap="lg">
        <WayBack isProtected={!hasNone} />
        {hasNone && (
          <Note tone="warn" title={t('none.title')}>
            <Text>{t('none.words')}</Text>
          </Note>
        )}
        <AuthenticatorApp isOn={factors?.totp} />
        <Passkeys />
        <Password />
        <Sessions />
        <LookAndLanguage />
      </Stack>
    </Box>
  );
}

/** The same address when it leads to a page of this console, however it is written; else null. */
function ownAddress(text: string): string | null {
  const url = URL.parse(text, window.location.origin);
  return url?.origin === window.location.origin ? url.pathname + url.search : null;
}

/** Whoever was sent here by a deed that asks for a second factor goes back to it. */
function WayBack({ isProtected }: { readonly isProtected: boolean }) {
  const { t } = useTranslation('account');
  const [{ back }] = useFilters();
  const to = back === undefined ? null : ownAddress(back);
  if (to === null) return null;
  return (
    <Note tone={isProtected ? 'good' : 'info'} title={t(isProtected ? 'back.done' : 'back.title')}>
      <Stack gap="xs" align="flex-start">
        <Text>{t(isProtected ? 'back.doneWords' : 'back.words')}</Text>
        <Anchor href={to}>{t('back.link')}</Anchor>
      </Stack>
    </Note>
  );
}
