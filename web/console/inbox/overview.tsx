import { FloatChart } from '../float/float-chart.tsx';
import { ChartGrid } from '../numbers/charts.tsx';
import { ReasonsChart } from '../numbers/reasons-chart.tsx';
import { SentChart } from '../numbers/sent-chart.tsx';
import { TimesChart } from '../numbers/times-chart.tsx';

/** What went, why it did not, what is left for what comes, and how long it took. */
export function Overview() {
  return (
    <ChartGrid>
      <SentChart />
      <ReasonsChart />
      <FloatChart />
      <TimesChart />
    </ChartGrid>
  );
}
