import { encode } from 'uqr';

/** Light squares around the dark ones, without which no camera finds it. */
const border = 4;

/** A code for a camera, dark on white whatever the page looks like. */
export function QrCode({ text, name }: { readonly text: string; readonly name: string }) {
  const { data, size } = encode(text, { ecc: 'M', border });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <figure aria-label={name} style={{ margin: 0 }}>
      <svg
        viewBox={`0 0 ${size} ${size}`}
        width={208}
        height={208}
        shapeRendering="crispEdges"
        aria-hidden
        focusable={false}
      >
        <rect width={size} height={size} rx={2} fill="#fff" />
        <path d={squares.join('')} fill="#000" />
      </svg>
    </figure>
  );
}
