import { colorOf, heightOf, type Place, Plot, share } from './plot.tsx';

interface Point extends Place {
  readonly value: number;
}

interface LineProps {
  readonly points: readonly Point[];
  readonly ticks: readonly number[];
  readonly color: string;
  readonly format: (value: number) => string;
  /** What it is stays until it changes: the line goes in steps, without points. */
  readonly inSteps?: boolean;
  /** Below zero is too little: that line, and the place where it is first crossed, are marked. */
  readonly zeroIsEdge?: boolean;
}

/** A line over time. */
export function Line({ points, ticks, color, format, inSteps = false, zeroIsEdge = false }: LineProps) {
  const stroke = colorOf(color);
  const at = points.map(({ name, value }, index) => ({
    name,
    x: (index + 0.5) / points.length,
    y: heightOf(value, ticks),
  }));
  const below = zeroIsEdge ? at[points.findIndex(({ value }) => value < 0)] : undefined;
  return (
    <Plot places={points} ticks={ticks} format={format} zeroIsEdge={zeroIsEdge}>
      {below !== undefined && <div className="plot-mark" style={{ left: share(below.x) }} />}
      <svg className="plot-drawing" viewBox="0 0 100 100" preserveAspectRatio="none">
        <path
          d={pathOf(at, inSteps)}
          fill="none"
          stroke={stroke}
          strokeWidth={2.5}
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      {!inSteps &&
        at.map(({ name, x, y }) => (
          <div
            key={name}
            className="plot-dot"
            style={{ left: share(x), bottom: share(y), background: stroke }}
          />
        ))}
    </Plot>
  );
}

/** From point to point; in steps, first to where the next one is, then up or down to it, and on to the edge. */
function pathOf(at: readonly { readonly x: number; readonly y: number }[], inSteps: boolean): string {
  const [first, ...rest] = at.map(({ x, y }) => ({ x: 100 * x, y: 100 * (1 - y) }));
  if (first === undefined) return '';
  const drawn = rest.map(({ x, y }) => (inSteps ? `H${x}V${y}` : `L${x} ${y}`));
  return `M${first.x} ${first.y}${drawn.join('')}${inSteps ? 'H100' : ''}`;
}
