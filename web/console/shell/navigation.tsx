import { NavLink, ScrollArea, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may } from '../../../src/core/roles.ts';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../../app/me.ts';
import { sections } from '../nav.ts';

/** The places of the console. What the role may not open is left out. */
export function Navigation() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { data } = useQuery(meQuery);
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
            {shown.map((place) => {
              const here = place.to === '/' ? pathname === '/' : pathname.startsWith(place.to);
              return (
                <NavLink
                  key={place.key}
                  component={Link}
                  to={place.to}
                  label={t(`nav.${place.key}`)}
                  active={here}
                  aria-current={here ? 'page' : undefined}
                  mih={44}
                  style={{ borderRadius: 8 }}
                />
              );
            })}
          </div>
        );
      })}
    </ScrollArea>
  );
}
