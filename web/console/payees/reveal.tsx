import { Button, Code, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { useMay } from '../../app/me.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';

/** Shows the whole address of the method in use, after a second factor; who looked goes on record. */
export function Reveal({ id }: { readonly id: string }) {
  const { t } = useTranslation('payees');
  const mayReveal = useMay('reveal');
  const reveal = useDeed(
    (_: 'reveal', idempotencyKey) =>
      api.post('/payees/{id}/reveal-method', { params: { id }, idempotencyKey }),
    { what: () => t('reveal.what') },
  );
  if (reveal.data !== undefined)
    return (
      <Group gap="xs">
        <Code style={{ overflowWrap: 'anywhere' }}>{reveal.data.destination}</Code>
        <Button variant="subtle" size="compact-sm" onClick={() => reveal.reset()}>
          {t('reveal.hide')}
        </Button>
      </Group>
    );
  return (
    <>
      <ReasonedButton
        variant="subtle"
        size="compact-sm"
        px={0}
        why={mayReveal ? null : t('why.role_reveal')}
        loading={reveal.isPending}
        onClick={() => reveal.mutate('reveal')}
      >
        {t('reveal.button')}
      </ReasonedButton>
      <DeedTrouble error={reveal.error} />
    </>
  );
}
