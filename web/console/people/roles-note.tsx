import { useTranslation } from 'react-i18next';
import { roles } from '../../../src/core/roles.ts';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/section.tsx';

/** What each role may. */
export function RolesNote() {
  const { t } = useTranslation('people');
  return (
    <Section title={t('rolesTitle')}>
      <Facts
        facts={roles.map((role) => ({
          id: role,
          label: t(`console:roles.${role}`),
          value: t(`may.${role}`),
        }))}
      />
    </Section>
  );
}
