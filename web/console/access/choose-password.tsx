import { useTranslation } from 'react-i18next';
import { queries } from '../../app/api.ts';
import { Door } from './door.tsx';
import { NewPassword } from './new-password.tsx';

/** A one-time password opens nothing but its own change. */
export function ChoosePassword() {
  const { t } = useTranslation();
  return (
    <Door title={t('access.choosePassword')} lead={t('access.choosePasswordLead')}>
      <NewPassword
        present={t('access.oneTimePassword')}
        fresh={t('access.newPassword')}
        hint={t('access.newPasswordHint')}
        save={t('access.savePassword')}
        onDone={() => void queries.resetQueries()}
      />
    </Door>
  );
}
