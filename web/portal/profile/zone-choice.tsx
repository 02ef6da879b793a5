import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { faultAt } from '../../app/form-fields.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { scheduleQuery } from '../queries.ts';
import { tell } from '../../app/tell.ts';
import type { Profile } from '../../client/types.ts';
import { saveChoices } from './choices.ts';

/** What stands for no choice; no zone is called so. */
const platform = 'platform';

/** In which zone times are told, here and in mails. */
export function ZoneChoice({ profile }: { readonly profile: Profile }) {
  const { t } = useTranslation();
  const { data } = useQuery(scheduleQuery);
  const save = useDeed(saveChoices, { onDone: () => tell({ message: t('profile.saved') }) });
  const zone = data?.timezone ?? 'UTC';
  const zones = new Set([
    ...(profile.timezone === null ? [] : [profile.timezone]),
    ...Intl.supportedValuesOf('timeZone'),
  ]);
  return (
    <>
      <Select
        size="md"
        label={t('profile.zone')}
        description={t('profile.zoneHint', { zone })}
        value={profile.timezone ?? platform}
        error={faultAt(save.error, 'timezone')}
        onChange={(value) => save.mutate({ timezone: value === platform ? null : value })}
        data={[
          { value: platform, label: t('profile.zoneOfPlatform') },
          ...[...zones].map((value) => ({ value, label: value.replaceAll('_', ' ') })),
        ]}
        searchable
        allowDeselect={false}
        limit={100}
        nothingFoundMessage={t('profile.noZone')}
      />
      {save.error !== null && <TroubleNote error={save.error} fields={{ timezone: null }} />}
    </>
  );
}
