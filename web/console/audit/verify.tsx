import { Code, Group, List, Paper, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { count } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { AuditVerdict } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';

/** Walks the whole chain and says in words what it found. */
export function Verify() {
  const { t } = useTranslation('audit');
  const mayVerify = useMay('own');
  const verify = useMutation({ mutationFn: () => api.get('/audit/verify') });
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Text flex={1} miw={240}>
            {t('verify.lead')}
          </Text>
          <ReasonedButton
            variant="default"
            reason={mayVerify ? undefined : t('verify.mayNot')}
            loading={verify.isPending}
            onClick={() => verify.mutate()}
          >
            {t('verify.button')}
          </ReasonedButton>
        </Group>
        {verify.error !== null && <TroubleNote error={verify.error} />}
        {verify.data && <Verdict verdict={verify.data} />}
      </Stack>
    </Paper>
  );
}

function Verdict({ verdict }: { readonly verdict: AuditVerdict }) {
  const { t } = useTranslation('audit');
  const { clean, sealed, unsealed, head, differences, differenceCount } = verdict;
  return (
    <Note
      tone={clean ? 'good' : 'bad'}
      urgent
      title={
        clean
          ? t('verify.clean', { count: sealed, words: count(sealed) })
          : t('verify.found', { count: differenceCount })
      }
    >
      <Stack gap="xs">
        {unsealed > 0 && <Text>{t('verify.unsealed', { count: unsealed })}</Text>}
        {head !== null && (
          <Text size="sm">
            {t('verify.head')} <Code className="anywhere">{`${head.seq}:${head.hash}`}</Code>
          </Text>
        )}
        {differences.length > 0 && (
          <List size="sm">
            {differences.map(({ rule, subject, detail }) => (
              <List.Item key={rule + subject + detail}>{`${subject}: ${detail} (${rule})`}</List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Note>
  );
}
