import { Button, NativeSelect, Paper, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languages as known } from '../../../src/core/language.ts';
import { api, queries } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { chooseLanguage, languages } from '../../app/i18n.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Profile } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { profileQuery } from '../queries.ts';
import { languageNow, useWhen } from '../reader.ts';
import { toDoor } from '../shell/leave.ts';
import { Look } from './look.tsx';
import { Sessions } from './sessions.tsx';
import { tell } from '../tell.ts';

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
            <Look />
            <Zone />
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
  const isEmpty = name.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isEmpty) save.mutate({ name: name.trim() });
  };
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-labelledby="who">
      <Title order={2} size="h4" id="who" mb="xs">
        {t('profile.who')}
      </Title>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            size="md"
            label={t('profile.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isEmpty && t('profile.nameMissing')}
            autoComplete="name"
            maxLength={200}
          />
          <div>
            <Text fw={500} size="sm">
              {t('profile.email')}
            </Text>
            <Text style={{ overflowWrap: 'anywhere' }}>{profile.email ?? t('profile.noEmail')}</Text>
            <Text size="sm" c="dimmed">
              {t('profile.emailHint')}
            </Text>
          </div>
          {save.error !== null && <TroubleNote error={save.error} />}
          <Button type="submit" h={44} variant="light" loading={save.isPending}>
            {t('profile.saveName')}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}

function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const choose = async (tag: string) => {
    await chooseLanguage(languageNow(tag));
    // What the server says comes in the new language, too.
    await queries.invalidateQueries();
  };
  return (
    <NativeSelect
      size="md"
      label={t('profile.language')}
      value={languageNow(i18n.language)}
      onChange={(event) => void choose(event.currentTarget.value)}
      data={known.map((value) => ({ value, label: languages[value] }))}
    />
  );
}

function Zone() {
  const { t } = useTranslation();
  const { zone } = useWhen();
  return (
    <div>
      <Text fw={500} size="sm">
        {t('profile.zone')}
      </Text>
      <Text>{zone}</Text>
      <Text size="sm" c="dimmed">
        {t('profile.zoneHint')}
      </Text>
    </div>
  );
}
