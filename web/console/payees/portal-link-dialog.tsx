import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { dateTime } from '../../app/format.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface PortalLinkProps {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** A link that signs the payee in once; whoever has it is them, so it is made only when asked for. */
export function PortalLinkDialog({ id, name, onClose }: PortalLinkProps) {
  const { t } = useTranslation('payees');
  const make = useDeed(
    (_: 'link', idempotencyKey) => api.post('/payees/{id}/portal-link', { params: { id }, idempotencyKey }),
    { what: () => t('link.title', { name }) },
  );
  const { data } = make;
  return (
    <Dialog onClose={onClose} title={t('link.title', { name })}>
      <Stack>
        <Text>{t('link.lead', { name })}</Text>
        <DeedTrouble error={make.error} />
        {data === undefined ? (
          <Button loading={make.isPending} onClick={() => make.mutate('link')}>
            {t('link.make')}
          </Button>
        ) : (
          <>
            <TextInput label={t('link.link')} readOnly value={data.url} />
            <Text size="sm" c="dimmed">
              {t('link.until', { until: dateTime(data.expiresAt) })}
            </Text>
            <Group justify="flex-end">
              <CopyButton value={data.url}>
                {({ copied, copy }) => (
                  <Button onClick={copy}>{copied ? t('link.copied') : t('link.copy')}</Button>
                )}
              </CopyButton>
            </Group>
          </>
        )}
      </Stack>
    </Dialog>
  );
}
