import {
  Spotlight,
  spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, type Right } from '../../../src/core/roles.ts';
import { meQuery } from '../../app/me.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { places } from '../nav.ts';
import { search, searchCharsMin } from './search.ts';

/** How long typing rests before it is searched for. */
const restMs = 200;

interface Deed {
  readonly key: string;
  readonly icon: IconName;
  readonly to: string;
  readonly needs: Right;
}

/** What people come to do, each on its page. */
const deeds: readonly Deed[] = [
  { key: 'payFile', icon: 'import', to: '/import', needs: 'operate' },
  { key: 'approve', icon: 'approvals', to: '/approvals', needs: 'approve' },
  { key: 'invite', icon: 'people', to: '/people?invite=1', needs: 'own' },
  { key: 'makeKey', icon: 'developers', to: '/developers?make=1', needs: 'own' },
  { key: 'rates', icon: 'settings', to: '/settings#rates', needs: 'read' },
  { key: 'secondFactor', icon: 'account', to: '/account', needs: 'read' },
];

/** Ctrl or Cmd and K: goes to any page, finds payouts, payees and cycles, begins what the role may do. */
export function Palette({ showKeys }: { readonly showKeys: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const hits = useHits(query);
  const actions = [...hits, ...useActions(showKeys)];
  const first = hits[0]?.actions[0]?.id;
  useEffect(() => {
    if (first !== undefined) chooseFirst();
  }, [first]);
  return (
    <Spotlight
      actions={actions}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      attributes={{ content: { 'aria-label': t('palette.placeholder') } }}
      maxHeight={420}
      // Fainter, as the kit has it, it cannot be read on the chosen one.
      styles={{ actionDescription: { opacity: 1 } }}
      filter={(words, all) => all.flatMap((group) => fitting(words, group as SpotlightActionGroupData))}
      nothingFound={t('palette.nothing')}
      searchProps={{
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
        leftSection: <Icon name="search" />,
      }}
    />
  );
}

/** Opens it, also before it is drawn for the first time. */
export function showPalette(): void {
  spotlight.open();
}

/** The kit chooses the first as somebody types, by a mark of its own in the page; what is found comes later, above that. */
function chooseFirst() {
  for (const [index, action] of document.querySelectorAll<HTMLElement>('[data-action]').entries()) {
    if (index === 0) action.dataset['selected'] = 'true';
    else delete action.dataset['selected'];
  }
}

/** What was found stays; of the rest, what has the words in its label. */
function fitting(words: string, { group, actions }: SpotlightActionGroupData) {
  const wanted = words.trim().toLowerCase();
  const fits = (action: SpotlightActionData) =>
    action.id.startsWith('hit ') ||
    `${action.label ?? ''} ${String(action.keywords ?? '')}`.toLowerCase().includes(wanted);
  const left = actions.filter((action) => fits(action));
  return left.length === 0 ? [] : [{ group, actions: left }];
}

function useHits(query: string): SpotlightActionGroupData[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [words] = useDebouncedValue(query.trim(), restMs);
  const { data = [] } = useQuery({
    queryKey: ['search', words],
    queryFn: ({ signal }) => search(words, signal),
    enabled: words.length >= searchCharsMin,
    placeholderData: keepPreviousData,
  });
  if (query.trim().length < searchCharsMin || data.length === 0) return [];
  const actions = data.map((hit) => ({
    id: `hit ${hit.id}`,
    label: hit.title,
    description: hit.detail,
    leftSection: <Icon name={hit.icon} />,
    onClick: () => void navigate({ to: hit.to }),
  }));
  return [{ group: t('palette.found'), actions }];
}

function useActions(showKeys: () => void): SpotlightActionGroupData[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useQuery(meQuery);
  const role = data?.role ?? 'viewer';
  const pages = places
    .filter((place) => may(role, place.needs))
    .map((place) => ({
      id: place.key,
      label: t(`nav.${place.key}`),
      leftSection: <Icon name={place.key} />,
      onClick: () => void navigate({ to: place.to }),
    }));
  const begun = deeds
    .filter((deed) => may(role, deed.needs))
    .map((deed) => ({
      id: deed.key,
      label: t(`palette.${deed.key}`),
      leftSection: <Icon name={deed.icon} />,
      onClick: () => void navigate({ href: deed.to }),
    }));
  const keys = {
    id: 'keys',
    label: t('keys.title'),
    leftSection: <Icon name="keyboard" />,
    onClick: showKeys,
  };
  return [
    { group: t('palette.pages'), actions: pages },
    { group: t('palette.deeds'), actions: [...begun, keys] },
  ];
}
