/** One fact that an event tells of: what it was, what it is. Null: there was none, or there is none any more. */
export interface Difference {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Deeper than this a value is written as it is. */
const depthMax = 4;

/** What changed, fact by fact; of what is only told after (or before), every fact. What stayed the same is left out. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  const was = new Map(factsIn(before));
  const is = new Map(factsIn(after));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const [old, next] = [was.get(path) ?? null, is.get(path) ?? null];
    return old === next ? [] : [{ path, before: old, after: next }];
  });
}

function factsIn(value: unknown, path = '', depth = 0): [string, string][] {
  if (value === null || value === undefined) return [];
  const isDeep = typeof value === 'object' && depth < depthMax;
  if (!isDeep) return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return [[path, value.join(', ')]];
  return Object.entries(value).flatMap(([key, inner]) =>
    factsIn(inner, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}
