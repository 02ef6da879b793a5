import { Button, Paper, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Profile } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { profileQuery } from '../queries.ts';
import { toDoor } from '../shell/leave.ts';
import { LanguageChoice } from './language-choice.tsx';
import { Look } from './look.tsx';
import { Sessions } from './sessions.tsx';
import { ZoneChoice } from './zone-choice.tsx';
import { tell } from '../../app/tell.ts';

/** Longest name that payees give themselves. */
const nameCharsMax = 100;

/** Who I am here, in which language, and where I am signed in. */
export function ProfilePage() {
  const { t } = useTranslation();
  const { data } = useQuery(profileQuery);
  const leave = useMutation({
    mutationFn: () => api.post('/api/payee/sign-out'),
    onSuccess: toDoor,
  });
  return (
    <>
      <PageHead title={t('nav.profile')} />
      <Stack>
        {data ? <Name profile={data} /> : <Skeleton h={180} radius="lg" />}
        <Paper withBorder p="md" radius="lg">
          <Stack>
            <LanguageChoice />
            {data && <ZoneChoice profile={data} />}
            <Look />
          </Stack>
        </Paper>
        <Sessions />
        {leave.error !== null && <TroubleNote error={leave.error} />}
        <Button variant="default" h={48} onClick={() => leave.mutate()} loading={leave.isPending}>
          {t('profile.signOut')}
        </Button>
      </Stack>
    </>
  );
}

function Name({ profile }: { readonly profile: Profile }) {
  const { t } = useTranslation();
  const [name, setName] = useState(profile.name);
  const save = useDeed((body: { name: string }) => api.patch('/api/payee/profile', { body }), {
    onDone: () => tell({ message: t('profile.saved') }),
  });
  const { form, at } = useForm(() => {
    save.mutate({ name: name.trim() });
  }, save.error);
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-labelledby="who">
      <Title order={2} size="h4" id="who" mb="xs">
        {t('profile.who')}
      </Title>
      <form {...form}>
        <Stack>
          <TextInput
            size="md"
            label={t('profile.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            {...at('name', name.trim() === '' ? t('profile.nameMissing') : undefined)}
            required
            autoComplete="name"
            maxLength={nameCharsMax}
          />
          <div>
            <Text fw={600}>{t('profile.email')}</Text>
            <Text style={{ overflowWrap: 'anywhere' }}>{profile.email ?? t('profile.noEmail')}</Text>
            <Text size="sm" c="dimmed">
              {t('profile.emailHint')}
            </Text>
          </div>
          {save.error !== null && <TroubleNote error={save.error} fields={{ name: null }} />}
          <Button type="submit" h={44} variant="light" loading={save.isPending}>
            {t('profile.saveName')}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
