import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';

/** A step of the line: what it is called, and what is left after it. */
interface Point {
  readonly step: string;
  readonly left: number;
}

interface ProjectionChartProps {
  readonly points: readonly Point[];
  readonly name: string;
  readonly format: (value: number) => string;
}

/** What is left in an account, step by step; below the line at zero it is short. In a file of its own: charts are large. */
export function ProjectionChart({ points, name, format }: ProjectionChartProps) {
  return (
    <LineChart
      h={240}
      data={points.map((point) => ({ ...point }))}
      dataKey="step"
      series={[{ name: 'left', label: name, color: 'sea.6' }]}
      curveType="stepAfter"
      strokeWidth={2.5}
      valueFormatter={format}
      referenceLines={[{ y: 0, color: 'red.7' }]}
      gridAxis="x"
      tickLine="none"
      yAxisProps={{ width: 84, domain: [(low: number) => Math.min(0, low), 'auto'] }}
      xAxisProps={{ interval: 'preserveStartEnd', padding: { left: 16, right: 32 } }}
      lineChartProps={{ accessibilityLayer: false }}
      lineProps={{ isAnimationActive: false }}
    />
  );
}
