import { Button, Group, List, Radio, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { type BodyOf, type FieldsOf } from '../../app/form-fields.ts';
import { api } from '../../app/api.ts';
import { TurnedAwayError, useDeed } from '../../app/deed.ts';
import { count, dateTime, money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { SubmissionDetails } from '../../client/types.ts';
import { tell } from '../../app/tell.ts';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface ResolveProps {
  readonly submissionId: string;
  readonly onClose: () => void;
}

/** Asks what became of a call at the provider. Nothing moves by the word alone: the provider is asked first. */
export function ResolveDialog({ submissionId, onClose }: ResolveProps) {
  const { t } = useTranslation('status');
  const { data, error } = useQuery({
    queryKey: ['batches', 'submission', submissionId],
    queryFn: ({ signal }) => api.get('/submissions/{id}', { params: { id: submissionId }, signal }),
  });
  return (
    <Dialog size="lg" onClose={onClose} title={t('resolve.title')}>
      {error !== null && <TroubleNote error={error} />}
      {data === undefined ? <Skeleton h={200} /> : <Resolve submission={data} onClose={onClose} />}
    </Dialog>
  );
}

function Resolve({ submission, onClose }: { submission: SubmissionDetails; onClose: () => void }) {
  const { t } = useTranslation('status');
  const obstacle = submission.notResolvable;
  return (
    <Stack>
      <Text>
        {t('resolve.what', {
          count: submission.itemCount,
          n: count(submission.itemCount),
          total: money(submission.total, submission.currency),
          at: submission.firstSentAt === null ? '' : dateTime(submission.firstSentAt),
        })}
      </Text>
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {submission.providerKey}
      </Text>
      <Said submission={submission} />
      {obstacle === null ? (
        <Answer submissionId={submission.id} onClose={onClose} />
      ) : (
        <Text>{t('resolve.notYet', { why: obstacle.reason })}</Text>
      )}
    </Stack>
  );
}

/** What people have said of it before, and what came of it. */
function Said({ submission: { resolutions } }: { readonly submission: SubmissionDetails }) {
  const { t } = useTranslation('status');
  if (resolutions.length === 0) return null;
  return (
    <List size="sm">
      {resolutions.map((said) => (
        <List.Item key={said.id}>
          {t('resolve.said', {
            by: said.by,
            at: dateTime(said.askedAt),
            outcome: t(`resolve.outcome.${said.outcome}`),
            result: t(`resolve.result.${said.result ?? 'checking'}`),
          })}
        </List.Item>
      ))}
    </List>
  );
}

function Answer({ submissionId, onClose }: ResolveProps) {
  const { t } = useTranslation('status');
  const [outcome, setOutcome] = useState<'sent' | 'not_sent'>('sent');
  const [providerBatchId, setProviderBatchId] = useState('');
  const [evidence, setEvidence] = useState('');
  const body =
    outcome === 'sent'
      ? {
          outcome,
          providerBatchId: providerBatchId.trim(),
          evidence: evidence.trim() === '' ? null : evidence,
        }
      : { outcome, evidence };
  const say = useDeed(
    (input: typeof body, idempotencyKey) =>
      api.post('/submissions/{id}/resolve', { params: { id: submissionId }, body: input, idempotencyKey }),
    {
      what: () => t(`resolve.confirm.${outcome}`),
      onDone: () => {
        tell(t('resolve.done'));
        onClose();
      },
    },
  );
  const fields: FieldsOf<BodyOf<'POST', '/submissions/{id}/resolve'>> = {
    outcome: t('resolve.question'),
    providerBatchId: null,
    evidence: null,
  };
  const { form, at } = useForm(() => say.mutate(body), say.error);
  return (
    <form {...form}>
      <Stack>
        <Radio.Group
          label={t('resolve.question')}
          value={outcome}
          onChange={(value) => setOutcome(value === 'sent' ? 'sent' : 'not_sent')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="sent" label={t('resolve.sent')} description={t('resolve.sentHint')} />
            <Radio value="not_sent" label={t('resolve.notSent')} description={t('resolve.notSentHint')} />
          </Stack>
        </Radio.Group>
        {outcome === 'sent' && (
          <TextInput
            label={t('resolve.batch')}
            required
            value={providerBatchId}
            {...at('providerBatchId')}
            onChange={(event) => setProviderBatchId(event.currentTarget.value)}
          />
        )}
        <Textarea
          label={t('resolve.evidence')}
          description={t('resolve.evidenceHint')}
          required={outcome === 'not_sent'}
          minRows={3}
          autosize
          value={evidence}
          {...at('evidence')}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
        {say.error !== null && !(say.error instanceof TurnedAwayError) && (
          <TroubleNote error={say.error} fields={fields} />
        )}
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('resolve.cancel')}</Back>
          <Button type="submit" loading={say.isPending}>
            {t(`resolve.confirm.${outcome}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
