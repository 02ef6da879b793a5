import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { languageOf, teamLanguageOf } from '../../../src/core/language.ts';
import { api } from '../../app/api.ts';
import { useFilters } from '../../app/filters.ts';
import { count, dateTime } from '../../app/format.ts';
import type { LeftOutFile, Page } from '../../client/types.ts';
import { Section } from '../../ui/section.tsx';
import { LeftOutRows } from './left-out-rows.tsx';

const filesPerPage = 5;

/** Files of a cycle, or of all, of which rows were left out: they are remembered until somebody asks. */
export function LeftOutFiles({ cycleId }: { readonly cycleId: string | null }) {
  const { t } = useTranslation('left-out');
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['imports', 'left-out', cycleId],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<LeftOutFile>) => page.nextCursor ?? undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      api.get('/imports/left-out', {
        query: { limit: filesPerPage, cursor, cycleId: cycleId ?? undefined },
        signal,
      }),
  });
  const files = data?.pages.flatMap((page) => page.data) ?? [];
  if (files.length === 0) return null;
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack component="ul" gap="lg" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('title')}>
        {files.map((file) => (
          <OneFile key={file.id} file={file} namesCycle={cycleId === null} />
        ))}
      </Stack>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Section>
  );
}

interface OneFileProps {
  readonly file: LeftOutFile;
  readonly namesCycle: boolean;
}

/** One of them; which is open stands in the address. */
function OneFile({ file, namesCycle }: OneFileProps) {
  const { t, i18n } = useTranslation('left-out');
  const [filters, change] = useFilters();
  const isOpen = filters['leftOut'] === file.id;
  // A link says nothing of the language that was chosen here.
  const language = teamLanguageOf(languageOf(i18n.language));
  const { leftOutCount, rowCount, fileName, cycleId, by, createdAt } = file;
  return (
    <li>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Text fw={650} className="anywhere">
            {t('file', {
              count: leftOutCount,
              n: count(leftOutCount),
              rows: count(rowCount),
              file: fileName,
            })}
          </Text>
          <Text size="sm" c="dimmed" className="anywhere">
            {t(namesCycle ? 'byOf' : 'by', { by, at: dateTime(createdAt), cycle: cycleId })}
          </Text>
        </div>
        <Group gap="md">
          <Button
            variant="default"
            size="xs"
            aria-expanded={isOpen}
            aria-label={t(isOpen ? 'hideOf' : 'showOf', { file: fileName })}
            onClick={() => change({ leftOut: isOpen ? '' : file.id })}
          >
            {t(isOpen ? 'hide' : 'show')}
          </Button>
          <Anchor
            href={`/api/admin/imports/left-out/${file.id}/rows.csv?language=${language}`}
            download
            size="sm"
            aria-label={t('csvOf', { file: fileName })}
          >
            {t('csv')}
          </Anchor>
        </Group>
      </Group>
      {isOpen && <LeftOutRows file={file} />}
    </li>
  );
}
