import { Button, Code, Flex, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Note } from '../../ui/note.tsx';
import { AskPassword } from './ask-password.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

interface Begun {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

/** From nothing to a second factor: password, code for the camera, first code of the app, recovery codes. */
export function SetUpApp({
  onDone,
  onCancel,
}: {
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation('account');
  const [begun, setBegun] = useState<Begun | null>(null);
  const [isProven, setProven] = useState(false);
  if (begun === null)
    return (
      <AskPassword
        deed={t('app.next')}
        lead={t('app.passwordFirst')}
        does={(password) => api.post('/api/auth/two-factor/enable', { body: { password } })}
        onDone={setBegun}
        onCancel={onCancel}
      />
    );
  if (!isProven) return <FirstCode uri={begun.totpURI} onDone={() => setProven(true)} onCancel={onCancel} />;
  return (
    <Stack>
      <Note tone="good" title={t('app.works')} urgent />
      <RecoveryCodes codes={begun.backupCodes} onDone={onDone} />
    </Stack>
  );
}

interface FirstCodeProps {
  readonly uri: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function FirstCode({ uri, onDone, onCancel }: FirstCodeProps) {
  const { t } = useTranslation('account');
  const [code, setCode] = useState('');
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const verify = useDeed(
    (digits: string) => api.post('/api/auth/two-factor/verify-totp', { body: { code: digits } }),
    { onDone },
  );
  const { form, at } = useForm(() => verify.mutate(code.replaceAll(/\s/g, '')), verify.error);
  return (
    <Flex gap="xl" direction={{ base: 'column', sm: 'row' }} align="flex-start">
      <QrCode text={uri} name={t('app.qr')} />
      <form {...form}>
        <Stack maw={440}>
          <List type="ordered" spacing="xs">
            <List.Item>{t('app.step1')}</List.Item>
            <List.Item>
              {t('app.step2')}
              <Text size="sm" c="dimmed" mt={4}>
                {t('app.noCamera')}
              </Text>
              <Code style={{ overflowWrap: 'anywhere' }}>{secret.match(/.{1,4}/g)?.join(' ') ?? ''}</Code>
            </List.Item>
            <List.Item>{t('app.step3')}</List.Item>
          </List>
          {verify.error !== null && <TroubleNote error={verify.error} fields={{ code: null }} />}
          <TextInput
            label={t('app.code')}
            autoComplete="one-time-code"
            inputMode="numeric"
            required
            value={code}
            {...at('code')}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={verify.isPending}>
              {t('app.verify')}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Flex>
  );
}
