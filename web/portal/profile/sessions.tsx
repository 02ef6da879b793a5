import { Badge, Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Session } from '../../client/types.ts';
import { sessionsQuery } from '../queries.ts';
import { useWhen } from '../reader.ts';
import { deviceOf } from './device.ts';
import { tell } from '../../app/tell.ts';

/** Where I am signed in; what I do not know I can end. */
export function Sessions() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(sessionsQuery);
  const end = useDeed((id: string) => api.delete('/api/payee/sessions/{id}', { params: { id } }), {
    onDone: () => tell({ message: t('profile.ended') }),
  });
  const trouble = error ?? end.error;
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-labelledby="sessions">
      <Title order={2} size="h4" id="sessions">
        {t('profile.sessions')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('profile.sessionsHint')}
      </Text>
      {trouble !== null && <TroubleNote error={trouble} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={60} />}
      <ul className="portal-list">
        {data?.data.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            onEnd={() => end.mutate(session.id)}
            busy={end.isPending}
          />
        ))}
      </ul>
    </Paper>
  );
}

function SessionRow({
  session,
  onEnd,
  busy,
}: {
  readonly session: Session;
  readonly onEnd: () => void;
  readonly busy: boolean;
}) {
  const { t } = useTranslation();
  const when = useWhen();
  const device = deviceOf(session.userAgent) ?? t('profile.unknownDevice');
  return (
    <li className="portal-line">
      <div>
        <Group gap="xs">
          <Text fw={550}>{device}</Text>
          {session.current && (
            <Badge color="teal" variant="light" className="portal-badge">
              {t('profile.thisOne')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {t('profile.lastSeen', { when: when.moment(session.lastSeenAt) })}
        </Text>
      </div>
      {!session.current && (
        <Button
          variant="default"
          h={44}
          style={{ flexShrink: 0 }}
          onClick={onEnd}
          disabled={busy}
          aria-label={t('profile.endOf', { device, when: when.moment(session.createdAt) })}
        >
          {t('profile.end')}
        </Button>
      )}
    </li>
  );
}
