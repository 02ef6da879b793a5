import { Button, Paper, Skeleton, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { useMay } from '../../app/me.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { AuditEventRow } from './audit-event-row.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { asked, eventsQuery } from './audit-query.ts';
import { Verify } from './verify.tsx';

/** Who did what to what, when and from where; nobody edits it, and anyone may check. */
export function AuditPage() {
  // All texts of the page at once: what asks for more later takes the page away while they come, and the focus with it.
  const { t } = useTranslation(['audit', 'settings']);
  const [filters] = useFilters();
  const events = useInfiniteQuery(eventsQuery(filters));
  const rows = events.data?.pages.flatMap(({ data }) => data);
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={<ExportButton />} />
      <Stack gap="md">
        <Verify />
        <AuditFilters />
        {events.error !== null && <TroubleNote error={events.error} onRetry={() => void events.refetch()} />}
        {rows === undefined && events.error === null && <Skeleton h={320} />}
        {rows?.length === 0 && <Empty title={t('none.title')}>{t('none.words')}</Empty>}
        {rows !== undefined && rows.length > 0 && (
          <Paper withBorder component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('list')}>
            {rows.map((event) => (
              <AuditEventRow key={event.id} event={event} />
            ))}
          </Paper>
        )}
        <MoreButton list={events}>{t('more')}</MoreButton>
      </Stack>
    </>
  );
}

/** The file of what the filters show; a link, so that the browser streams it. */
function ExportButton() {
  const { t } = useTranslation('audit');
  const [filters] = useFilters();
  const mayExport = useMay('own');
  const icon = <Icon name="import" />;
  if (!mayExport)
    return (
      <ReasonedButton variant="default" leftSection={icon} reason={t('exportMayNot')}>
        {t('export')}
      </ReasonedButton>
    );
  const search = new URLSearchParams(asked(filters)).toString();
  return (
    <Button
      component="a"
      variant="default"
      leftSection={icon}
      href={`/api/admin/audit-events/export.csv?${search}`}
      download
    >
      {t('export')}
    </Button>
  );
}
