import { BarChart, LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { ColorSwatch, Group, Text } from '@mantine/core';
import { chartHeight } from './chart-card.tsx';

interface Series {
  readonly name: string;
  readonly label: string;
  readonly color: string;
}

/** Loaded when the first chart is drawn. Screen readers and keyboards get the sentence and the table instead. */
interface Drawn {
  readonly data: Record<string, string | number | null>[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
}

const quiet = { accessibilityLayer: false, tickLine: 'none', gridAxis: 'x', h: chartHeight } as const;
/** Room for the longest figure beside the axis, for names of bars, and for the figure at their end, in px. */
const axisWidth = 64;
const nameWidth = 140;
const figureWidth = 64;
const barHeight = 34;

export function StackedBars({ data, series, format }: Drawn) {
  const shown = series.filter(({ name }) => data.some((row) => row[name] !== 0));
  return (
    <>
      <BarChart
        {...quiet}
        type="stacked"
        data={data}
        dataKey="name"
        series={shown.map((one) => ({ ...one }))}
        valueFormatter={format}
        maxBarWidth={28}
        yAxisProps={{ width: axisWidth }}
        xAxisProps={{ minTickGap: 24 }}
      />
      <Legend series={shown} />
    </>
  );
}

export function Bars({ data, series, format }: Drawn) {
  return (
    <>
      <BarChart
        {...quiet}
        h={Math.max(120, data.length * series.length * barHeight + 24)}
        orientation="vertical"
        gridAxis="none"
        withXAxis={false}
        withBarValueLabel
        data={data}
        dataKey="name"
        series={series.map((one) => ({ ...one }))}
        valueFormatter={format}
        maxBarWidth={22}
        yAxisProps={{ width: nameWidth }}
        barChartProps={{ margin: { right: figureWidth } }}
      />
      {series.length > 1 && <Legend series={series} />}
    </>
  );
}

export function Line({ data, series, format }: Drawn) {
  return (
    <LineChart
      {...quiet}
      curveType="linear"
      connectNulls
      data={data}
      dataKey="name"
      series={series.map((one) => ({ ...one }))}
      valueFormatter={format}
      yAxisProps={{ width: axisWidth, domain: [0, 1] }}
      xAxisProps={{ minTickGap: 24 }}
    />
  );
}

function Legend({ series }: { readonly series: readonly Series[] }) {
  return (
    <Group gap="md" justify="center" mt="xs">
      {series.map(({ name, label, color }) => (
        <Group key={name} gap={6} wrap="nowrap">
          <ColorSwatch
            size={12}
            withShadow={false}
            color={`var(--mantine-color-${color.replace('.', '-')})`}
          />
          <Text size="sm">{label}</Text>
        </Group>
      ))}
    </Group>
  );
}
