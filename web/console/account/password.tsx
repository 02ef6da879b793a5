import { useTranslation } from 'react-i18next';
import { tell } from '../../app/tell.ts';
import { Section } from '../../ui/section.tsx';
import { NewPassword } from '../access/new-password.tsx';

/** A new password; it ends the sessions everywhere else. */
export function Password() {
  const { t } = useTranslation('account');
  return (
    <Section title={t('password.title')} lead={t('password.lead')}>
      <NewPassword
        present={t('password.present')}
        fresh={t('password.new')}
        hint={t('password.hint')}
        save={t('password.change')}
        variant="default"
        onDone={() => tell(t('password.changed'))}
      />
    </Section>
  );
}
