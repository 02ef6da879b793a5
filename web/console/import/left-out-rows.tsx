import { Badge, Box, Button, Card, Flex, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { count } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { LeftOutFile, LeftOutRow, Page } from '../../client/types.ts';

const rowsPerPage = 20;

/** The rows of a file that were left out, each with what is wrong and what would mend it. */
export function LeftOutRows({ file }: { readonly file: LeftOutFile }) {
  const { t } = useTranslation('left-out');
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['imports', 'left-out', 'rows', file.id],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<LeftOutRow>) => page.nextCursor ?? undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      api.get('/imports/left-out/{id}/rows', {
        params: { id: file.id },
        query: { limit: rowsPerPage, cursor },
        signal,
      }),
  });
  if (error !== null) return <TroubleNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton h={120} mt="sm" />;
  const rows = data.pages.flatMap((page) => page.data);
  const more = file.leftOutCount - file.keptCount;
  return (
    <Stack gap="sm" mt="sm">
      <Stack
        component="ul"
        gap="sm"
        p={0}
        m={0}
        style={{ listStyle: 'none' }}
        aria-label={t('rows', { file: file.fileName })}
      >
        {rows.map((row) => (
          <OneRow key={row.line} row={row} header={file.header} />
        ))}
      </Stack>
      {hasNextPage && (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
      {more > 0 && (
        <Text size="sm">{t('notKept', { count: more, n: count(more), kept: count(file.keptCount) })}</Text>
      )}
      <Text size="sm" c="dimmed">
        {t('mend')}
      </Text>
    </Stack>
  );
}

function OneRow({ row, header }: { readonly row: LeftOutRow; readonly header: readonly string[] }) {
  const { t } = useTranslation('left-out');
  const cells = row.cells.flatMap((text, at) => (text === '' ? [] : [{ name: header[at] ?? '', text }]));
  return (
    <Card component="li" withBorder padding="sm">
      <Group gap="xs" mb={4}>
        <Text fw={650}>{t('line', { line: row.line })}</Text>
        <Badge color={row.recordedSince ? 'teal' : 'orange'} variant="light" tt="none" miw="max-content">
          {t(row.recordedSince ? 'recordedSince' : 'stillOut')}
        </Badge>
      </Group>
      {row.errors.map(({ column, code, error, howToFix }) => (
        <Box key={column + code + error} mb={4}>
          <Text size="sm" fw={600} className="anywhere">
            {column === '' ? error : t('wrong', { column, error })}
          </Text>
          <Text size="sm" c="dimmed" className="anywhere">
            {howToFix}
          </Text>
        </Box>
      ))}
      <Flex component="dl" wrap="wrap" gap="4px 20px" m={0} mt="xs">
        {cells.map(({ name, text }, at) => (
          <Box key={name + String(at)} maw="100%">
            <Text component="dt" size="xs" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="sm" m={0} className="anywhere">
              {text}
            </Text>
          </Box>
        ))}
      </Flex>
    </Card>
  );
}
