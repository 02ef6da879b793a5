import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may } from '../../../src/core/roles.ts';
import { meQuery } from '../../app/me.ts';
import { places } from '../nav.ts';

/** Ctrl or Cmd and K: goes to any page. */
export function Palette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useQuery(meQuery);
  const role = data?.role ?? 'viewer';
  const actions: SpotlightActionData[] = places
    .filter((place) => may(role, place.needs))
    .map((place) => ({
      id: place.key,
      label: t(`nav.${place.key}`),
      onClick: () => void navigate({ to: place.to }),
    }));
  return (
    <Spotlight
      actions={actions}
      shortcut={['mod + K', '/']}
      nothingFound={t('palette.nothing')}
      searchProps={{ placeholder: t('palette.placeholder'), 'aria-label': t('palette.placeholder') }}
    />
  );
}
