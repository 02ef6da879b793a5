import { Badge, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { tell } from '../../app/tell.ts';
import { Section } from '../../ui/section.tsx';
import { AskPassword } from './ask-password.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SetUpApp } from './set-up-app.tsx';

type Doing = 'nothing' | 'setUp' | 'renew' | 'remove';

/** Codes of an app on a phone, and the codes for the day the phone is lost. */
export function AuthenticatorApp({ isOn }: { readonly isOn: boolean | undefined }) {
  const { t } = useTranslation('account');
  const [doing, setDoing] = useState<Doing>('nothing');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const rest = () => {
    setDoing('nothing');
    setCodes(null);
  };
  return (
    <Section
      title={t('app.title')}
      lead={t('app.lead')}
      aside={
        isOn !== undefined && (
          <Badge color={isOn ? 'teal' : 'gray'} variant="light">
            {t(isOn ? 'app.on' : 'app.off')}
          </Badge>
        )
      }
    >
      {doing === 'nothing' && isOn === false && (
        <Group>
          <Button onClick={() => setDoing('setUp')}>{t('app.setUp')}</Button>
        </Group>
      )}
      {doing === 'nothing' && isOn === true && (
        <Group>
          <Button variant="default" onClick={() => setDoing('renew')}>
            {t('app.renew')}
          </Button>
          <Button variant="subtle" color="red" onClick={() => setDoing('remove')}>
            {t('app.remove')}
          </Button>
        </Group>
      )}
      {doing === 'setUp' && <SetUpApp onDone={rest} onCancel={rest} />}
      {doing === 'renew' && codes === null && (
        <AskPassword
          deed={t('app.renew')}
          lead={t('app.renewLead')}
          does={(password, key) =>
            api.post('/api/auth/two-factor/generate-backup-codes', {
              body: { password },
              idempotencyKey: key,
            })
          }
          onDone={({ backupCodes }) => setCodes(backupCodes)}
          onCancel={rest}
        />
      )}
      {codes !== null && <RecoveryCodes codes={codes} onDone={rest} />}
      {doing === 'remove' && (
        <AskPassword
          danger
          deed={t('app.remove')}
          lead={<Text>{t('app.removeLead')}</Text>}
          does={(password) => api.post('/api/auth/two-factor/disable', { body: { password } })}
          onDone={() => {
            rest();
            tell(t('app.removed'));
          }}
          onCancel={rest}
        />
      )}
    </Section>
  );
}
