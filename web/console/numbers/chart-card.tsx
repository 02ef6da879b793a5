import { Box, Button, Collapse, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { TroubleNote } from '../../app/trouble.tsx';

/** Height of every chart, in px. */
const chartHeight = 220;

interface ChartCardProps {
  readonly title: string;
  /** What the chart says, in a sentence; undefined while it is on its way. */
  readonly sentence: string | undefined;
  readonly error?: unknown;
  /** The drawing; nothing when there is nothing to draw. */
  readonly chart: ReactNode;
  /** The same as a table, for whoever does not see the drawing or wants the figures. */
  readonly table: ReactNode;
  readonly aside?: ReactNode;
}

/** A chart, the sentence that says the same, and the table behind both. */
export function ChartCard({ title, sentence, error = null, chart, table, aside }: ChartCardProps) {
  const { t } = useTranslation('numbers');
  const [open, { toggle }] = useDisclosure(false);
  const id = useId();
  return (
    <Paper
      withBorder
      p={{ base: 'md', sm: 'lg' }}
      component="section"
      aria-labelledby={id}
      // A table needs the whole width.
      {...(open && { style: { gridColumn: '1 / -1' } })}
    >
      <Stack gap="sm" h="100%">
        <Box className="chart-head">
          <Title order={2} size="h3" id={id}>
            {title}
          </Title>
          {aside}
        </Box>
        {error !== null && <TroubleNote error={error} />}
        {sentence === undefined && error === null && <Skeleton h={44} />}
        {sentence !== undefined && <Text>{sentence}</Text>}
        {sentence === undefined ? (
          <Skeleton h={chartHeight} />
        ) : (
          <div aria-hidden className="chart">
            {chart}
          </div>
        )}
        <div>
          <Button variant="subtle" size="compact-sm" ml={-8} onClick={toggle} aria-expanded={open}>
            {t(open ? 'hideTable' : 'showTable')}
          </Button>
          <Collapse expanded={open}>{open && <Box mt="sm">{table}</Box>}</Collapse>
        </div>
      </Stack>
    </Paper>
  );
}
