import { Badge, NavLink, ScrollArea, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may } from '../../../src/core/roles.ts';
import { count } from '../../app/format.ts';
import { meQuery } from '../../app/me.ts';
import { Icon } from '../../ui/icons.tsx';
import { type Place, sections } from '../nav.ts';
import { useWaiting } from './waiting.ts';

/** The places of the console. What the role may not open is left out. */
export function Navigation() {
  const { t } = useTranslation();
  const { data } = useQuery(meQuery);
  const waiting = useWaiting();
  const role = data?.role ?? 'viewer';
  return (
    <ScrollArea component="nav" aria-label={t('shell.navigation')}>
      {sections.map((section) => {
        const shown = section.places.filter((place) => may(role, place.needs));
        if (shown.length === 0) return null;
        return (
          <div key={section.key}>
            <Text size="xs" c="dimmed" fw={600} mt="md" mb={4} px="sm">
              {t(`nav.${section.key}`)}
            </Text>
            {shown.map((place) => (
              <PlaceLink key={place.key} place={place} waiting={waiting[place.key]} />
            ))}
          </div>
        );
      })}
    </ScrollArea>
  );
}

function PlaceLink({ place, waiting = 0 }: { readonly place: Place; readonly waiting: number | undefined }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const here = place.to === '/' ? pathname === '/' : pathname.startsWith(place.to);
  return (
    <NavLink
      component={Link}
      to={place.to}
      label={t(`nav.${place.key}`)}
      leftSection={<Icon name={place.key} />}
      rightSection={
        waiting > 0 && (
          <>
            <Badge
              variant="filled"
              color="orange.9"
              autoContrast={false}
              size="sm"
              circle={waiting < 10}
              aria-hidden
            >
              {count(waiting)}
            </Badge>
            <VisuallyHidden>{t('shell.waiting', { count: waiting })}</VisuallyHidden>
          </>
        )
      }
      active={here}
      aria-current={here ? 'page' : undefined}
      mih={40}
      style={{ borderRadius: 8 }}
    />
  );
}
