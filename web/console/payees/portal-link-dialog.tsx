import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { dateTime } from '../../app/format.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { tell } from '../../app/tell.ts';
import { Dialog } from '../../ui/dialog.tsx';

interface PortalLinkProps {
  readonly id: string;
  readonly name: string;
  /** The page of the portal it leads to; else its first. */
  readonly to?: string;
  /** What stands above it, where it is more than a way in. */
  readonly title?: string;
  readonly onClose: () => void;
}

/** A link that signs the payee in once; whoever has it is them, so it is made only when asked for. */
export function PortalLinkDialog({ id, name, to, title, onClose }: PortalLinkProps) {
  const { t } = useTranslation('payees');
  const head = title ?? t('link.title', { name });
  const make = useDeed(
    (_: 'link', idempotencyKey) => api.post('/payees/{id}/portal-link', { params: { id }, idempotencyKey }),
    {
      what: () => head,
      // Where the browser does not let us, the button below copies it.
      onDone: ({ url }) => void copied(linkTo(url, to)).then((is) => is && tell(t('link.copied'))),
    },
  );
  const { data } = make;
  return (
    <Dialog onClose={onClose} title={head}>
      <Stack>
        <Text>{t('link.lead', { name })}</Text>
        <DeedTrouble error={make.error} />
        {data === undefined ? (
          <Button loading={make.isPending} onClick={() => make.mutate('link')}>
            {t('link.make')}
          </Button>
        ) : (
          <>
            <TextInput label={t('link.link')} readOnly value={linkTo(data.url, to)} />
            <Text size="sm" c="dimmed">
              {t('link.until', { until: dateTime(data.expiresAt) })}
            </Text>
            <Group justify="flex-end">
              <CopyButton value={linkTo(data.url, to)}>
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

/** The door remembers the page, and opens it after the sign-in. */
function linkTo(url: string, page: string | undefined): string {
  return page === undefined ? url : `${url}&to=${encodeURIComponent(page)}`;
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
