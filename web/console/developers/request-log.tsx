import { Badge, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useFilters } from '../../app/filters.ts';
import { dateTime } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { LoggedRequest } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Section } from '../../ui/section.tsx';
import { peopleQuery } from '../people/people-query.ts';
import { Segments } from '../../ui/segments.tsx';

const requestsPerPage = 25;
/** Of an id that has no name, that are shown. */
const idCharsMax = 14;
const classes = ['all', '2xx', '4xx', '5xx'] as const;

/** What programs asked lately, and what they were answered; never what was in it. */
export function RequestLog() {
  const { t } = useTranslation('developers');
  const [filters, change] = useFilters();
  const status = classes.find((one) => one === filters['status']) ?? 'all';
  const query = status === 'all' ? {} : { status };
  const requests = useInfiniteQuery({
    queryKey: ['requests', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get('/requests', { query: { ...query, limit: requestsPerPage, cursor: pageParam }, signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const names = useNames();
  return (
    <Section title={t('requests.title')} lead={t('requests.lead')}>
      <Group justify="space-between" align="flex-end">
        <Segments
          label={t('requests.answer')}
          value={status}
          onChange={(value) => change({ status: value === 'all' ? '' : value })}
          choices={classes.map((value) => ({ value, label: t(`requests.class_${value}`) }))}
        />
        <Button variant="subtle" onClick={() => void requests.refetch()} loading={requests.isRefetching}>
          {t('requests.again')}
        </Button>
      </Group>
      {requests.error !== null && <TroubleNote error={requests.error} />}
      <DataTable
        caption={t('requests.title')}
        rows={requests.data?.pages.flatMap(({ data }) => data)}
        idOf={(row) => `${row.requestId} ${row.at}`}
        columns={columnsOf(t, names)}
        empty={<Empty title={t('requests.none')}>{t('requests.noneWords')}</Empty>}
      />
      <MoreButton list={requests}>{t('more')}</MoreButton>
    </Section>
  );
}

/** Names of keys and people by id. */
function useNames(): ReadonlyMap<string, string> {
  const keys = useQuery({
    queryKey: ['keys', 'names'],
    queryFn: ({ signal }) => api.get('/api-keys', { query: { limit: 500 }, signal }),
  });
  const people = useQuery(peopleQuery);
  return new Map([
    ...(keys.data?.data ?? []).map(({ id, name }) => [id, name] as const),
    ...(people.data?.data ?? []).map(({ id, name, email }) => [id, name === '' ? email : name] as const),
  ]);
}

function columnsOf(t: TFunction, names: ReadonlyMap<string, string>): Column<LoggedRequest>[] {
  return [
    { key: 'what', head: t('requests.what'), cell: (row) => <What row={row} /> },
    { key: 'status', head: t('requests.answer'), cell: (row) => <Answer row={row} /> },
    {
      key: 'by',
      head: t('requests.by'),
      cell: ({ actor }) => names.get(actor.id) ?? nameless(actor, t),
    },
    { key: 'ms', head: t('requests.ms'), end: true, cell: ({ ms }) => t('requests.msWords', { ms }) },
    { key: 'at', head: t('requests.at'), cell: ({ at }) => dateTime(at) },
  ];
}

function nameless({ kind, id }: LoggedRequest['actor'], t: TFunction): string {
  const what = t(`requests.kind_${kind}`);
  return kind === 'stranger'
    ? what
    : `${what} ${id.length > idCharsMax ? `${id.slice(0, idCharsMax - 1)}…` : id}`;
}

function What({ row: { method, route, requestId } }: { readonly row: LoggedRequest }) {
  return (
    <Stack gap={0} miw={{ sm: 280 }}>
      <Code className="anywhere">{`${method} ${route}`}</Code>
      <Text size="xs" c="dimmed" className="anywhere">
        {requestId}
      </Text>
    </Stack>
  );
}

function Answer({ row: { status, code, replayed } }: { readonly row: LoggedRequest }) {
  const { t } = useTranslation('developers');
  const color = status >= 500 ? 'red' : status >= 400 ? 'orange' : 'teal';
  return (
    <Stack gap={2} align="flex-start">
      <Badge variant="light" color={color}>
        {status}
      </Badge>
      {code !== null && <Text size="sm">{code}</Text>}
      {replayed && (
        <Text size="sm" c="dimmed">
          {t('requests.replayed')}
        </Text>
      )}
    </Stack>
  );
}
