import { colorOf, heightOf, Plot, share } from './plot.tsx';
import { ticksOf } from './ticks.ts';

interface Series {
  readonly name: string;
  readonly label: string;
  readonly color: string;
}

interface StackedBarsProps {
  /** One column each: how high each part of it is, and what the whole says in words. */
  readonly rows: readonly {
    readonly name: string;
    readonly parts: Readonly<Record<string, number>>;
    readonly words: readonly string[];
  }[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
}

/** Columns over time, each made of parts. Parts that are nowhere stand in no legend. */
export function StackedBars({ rows, series, format }: StackedBarsProps) {
  const shown = series.filter(({ name }) => rows.some(({ parts }) => (parts[name] ?? 0) !== 0));
  const ticks = ticksOf(rows.map(({ parts }) => Object.values(parts).reduce((sum, part) => sum + part, 0)));
  return (
    <>
      <Plot places={rows} ticks={ticks} format={format}>
        <div className="plot-bars">
          {rows.map(({ name: period, parts }) => (
            <div key={period}>
              {shown
                .filter(({ name }) => (parts[name] ?? 0) !== 0)
                .map(({ name, color }) => (
                  <div
                    key={name}
                    style={{ height: share(heightOf(parts[name] ?? 0, ticks)), background: colorOf(color) }}
                  />
                ))}
            </div>
          ))}
        </div>
      </Plot>
      <Legend series={shown} />
    </>
  );
}

function Legend({ series }: { readonly series: readonly Series[] }) {
  return (
    <div className="plot-legend">
      {series.map(({ name, label, color }) => (
        <span key={name} style={{ '--plot-color': colorOf(color) } as object}>
          {label}
        </span>
      ))}
    </div>
  );
}
