import { type ReactNode, useState } from 'react';
import './plot.css';
import { namedOf } from './ticks.ts';

/** Height of what is drawn, in px, without the names below. */
const plotHeight = 190;

/** What stands above one name of the axis, and what it says under the pointer. */
export interface Place {
  readonly name: string;
  readonly words: readonly string[];
}

interface PlotProps {
  readonly places: readonly Place[];
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  /** The line at zero is where money runs out. */
  readonly zeroIsEdge?: boolean;
  readonly children: ReactNode;
}

/**
 * Axis, lines and names around a drawing. Drawn for eyes only: keyboards and screen readers have the sentence and the table.
 * Everything stands at shares of the room there is, so that nothing is measured and nothing is drawn twice.
 */
export function Plot({ places, ticks, format, zeroIsEdge = false, children }: PlotProps) {
  const [over, setOver] = useState<number | null>(null);
  const place = over === null ? undefined : places[over];
  return (
    <div className="plot">
      <div className="plot-field" style={{ height: plotHeight }} onPointerLeave={() => setOver(null)}>
        {ticks.map((tick) => (
          <div
            key={tick}
            className="plot-line"
            style={{ bottom: share(heightOf(tick, ticks)) }}
            data-edge={zeroIsEdge && tick === 0}
          >
            <span>{format(tick)}</span>
          </div>
        ))}
        {children}
        <div className="plot-columns">
          {places.map(({ name }, at) => (
            <div key={name} onPointerEnter={() => setOver(at)} />
          ))}
        </div>
        {over !== null && place !== undefined && <Told place={place} at={(over + 0.5) / places.length} />}
      </div>
      <Names places={places} />
    </div>
  );
}

/** What the place under the pointer holds; on the side where there is room. */
function Told({ place: { name, words }, at }: { readonly place: Place; readonly at: number }) {
  const side = at < 0.5 ? { left: share(at) } : { right: share(1 - at) };
  return (
    <div className="plot-told" style={side}>
      <strong>{name}</strong>
      {words.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
}

function Names({ places }: { readonly places: readonly Place[] }) {
  const named = namedOf(places.length);
  return (
    <div className="plot-names">
      {places.map(
        ({ name }, at) =>
          named.has(at) && (
            <span
              key={name}
              data-at={at === 0 ? 'first' : at === places.length - 1 ? 'last' : 'between'}
              style={{ left: share((at + 0.5) / places.length) }}
            >
              {name}
            </span>
          ),
      )}
    </div>
  );
}

/** How far up a value stands between the first and the last line, from 0 to 1. */
export function heightOf(value: number, ticks: readonly number[]): number {
  const low = ticks[0] ?? 0;
  return (value - low) / ((ticks.at(-1) ?? 1) - low);
}

/** A share of the room, for a style. */
export function share(part: number): string {
  return `${(100 * part).toFixed(3)}%`;
}

/** A color of the kit by its name: "teal.7". */
export function colorOf(name: string): string {
  return `var(--mantine-color-${name.replace('.', '-')})`;
}
