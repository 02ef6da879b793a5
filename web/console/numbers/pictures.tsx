import { BarChart, LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { chartHeight } from './chart-card.tsx';

/** Loaded when the first chart is drawn. Screen readers and keyboards get the sentence and the table instead. */
interface Drawn {
  readonly data: Record<string, string | number | null>[];
  readonly series: { name: string; label: string; color: string }[];
  readonly format: (value: number) => string;
}

const quiet = { withLegend: true, accessibilityLayer: false, tickLine: 'none', gridAxis: 'x' } as const;
const legend = { verticalAlign: 'bottom', height: 32 } as const;
/** Room for the longest figure beside the axis, in px. */
const axisWidth = 64;
const nameWidth = 132;

export function StackedBars({ data, series, format }: Drawn) {
  return (
    <BarChart
      {...quiet}
      h={chartHeight}
      type="stacked"
      data={data}
      dataKey="name"
      series={series}
      valueFormatter={format}
      legendProps={legend}
      maxBarWidth={28}
      yAxisProps={{ width: axisWidth }}
      xAxisProps={{ minTickGap: 24 }}
    />
  );
}

export function Bars({ data, series, format }: Drawn) {
  return (
    <BarChart
      {...quiet}
      withLegend={series.length > 1}
      h={Math.max(chartHeight, data.length * series.length * 18 + 60)}
      orientation="vertical"
      gridAxis="y"
      data={data}
      dataKey="name"
      series={series}
      valueFormatter={format}
      legendProps={legend}
      maxBarWidth={18}
      yAxisProps={{ width: nameWidth }}
    />
  );
}

export function Line({ data, series, format }: Drawn) {
  return (
    <LineChart
      {...quiet}
      withLegend={series.length > 1}
      h={chartHeight}
      curveType="linear"
      connectNulls
      data={data}
      dataKey="name"
      series={series}
      valueFormatter={format}
      yAxisProps={{ width: axisWidth, domain: [0, 1] }}
      xAxisProps={{ minTickGap: 24 }}
    />
  );
}
