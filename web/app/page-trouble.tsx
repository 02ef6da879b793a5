import { Button, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '../ui/note.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { followConnection, lookForServer, serverLostSince } from './connection.ts';
import { forgetMissing, isMissing } from './lazy-page.ts';
import { TroubleNote } from './trouble.tsx';

interface PageTroubleProps {
  readonly error: unknown;
  readonly reset: () => void;
}

/** A page that could not be drawn; what stands around it stays. */
export function PageTrouble({ error, reset }: PageTroubleProps) {
  if (isMissing(error)) return <Missing reset={reset} />;
  return <TroubleNote error={error} onRetry={reset} />;
}

/** Its script did not come. It is tried again by itself when the server is back; one that is there has newer pages. */
function Missing({ reset }: Pick<PageTroubleProps, 'reset'>) {
  const { t } = useTranslation('common');
  const again = () => {
    forgetMissing();
    reset();
  };
  useEffect(() => {
    void lookForServer().then((isThere) => isThere && reloadOnce());
    return followConnection(() => {
      if (serverLostSince() !== null) return;
      forgetMissing();
      reset();
    });
  }, [reset]);
  return (
    <Stack>
      <PageHead title={t('missing.title')} />
      <Note tone="bad" urgent>
        <Stack gap="xs" align="flex-start">
          <Text>{t('missing.words')}</Text>
          <Button variant="light" onClick={again}>
            {t('again')}
          </Button>
        </Stack>
      </Note>
    </Stack>
  );
}

const rememberedAs = 'purser.reloaded';

/** After a deployment the scripts of the old pages are gone: the new page knows the new ones. Once for each address and build. */
function reloadOnce(): void {
  const build = document.querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? '';
  const now = `${window.location.href} ${build}`;
  if (sessionStorage.getItem(rememberedAs) === now) return;
  sessionStorage.setItem(rememberedAs, now);
  window.location.reload();
}
