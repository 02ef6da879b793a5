import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';

/** A day of the line: what it is called, and what is left after it. */
interface Point {
  readonly step: string;
  readonly left: number;
}

interface ProjectionChartProps {
  readonly points: readonly Point[];
  readonly name: string;
  readonly format: (value: number) => string;
  /** The first day that falls short; null: none does. */
  readonly shortAt: string | null;
}

/** What is left in an account, day by day; below the line at zero it is short. In a file of its own: charts are large. */
export function ProjectionChart({ points, name, format, shortAt }: ProjectionChartProps) {
  return (
    <LineChart
      h={240}
      data={points.map((point) => ({ ...point }))}
      dataKey="step"
      series={[{ name: 'left', label: name, color: 'sea.6' }]}
      curveType="stepAfter"
      strokeWidth={2.5}
      withDots={false}
      valueFormatter={format}
      referenceLines={[
        { y: 0, color: 'red.7' },
        ...(shortAt === null ? [] : [{ x: shortAt, color: 'red.7' }]),
      ]}
      gridAxis="x"
      tickLine="none"
      yAxisProps={{ width: 84, domain: [(low: number) => Math.min(0, low), 'auto'] }}
      xAxisProps={{ interval: 'equidistantPreserveStart', padding: { left: 16, right: 32 } }}
      lineChartProps={{ accessibilityLayer: false }}
      lineProps={{ isAnimationActive: false }}
    />
  );
}
