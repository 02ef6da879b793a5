/** Form-encoded parameters with brackets, as Stripe nests them: `metadata[a]=1`, `expand[]=x`, `created[gte]=1`. */
export type FormValue = string | readonly string[] | Readonly<Record<string, string>>;
export type Form = ReadonlyMap<string, FormValue>;

const pairsMax = 500;
/** Parameters that are lists; in any other a number between brackets is a name. */
const lists = new Set(['expand', 'types']);

/** The parameters, or a sentence about what cannot be read. */
export function parseForm(text: string): Form | string {
  const form = new Map<string, string | string[] | Record<string, string>>();
  const pairs = [...new URLSearchParams(text)];
  if (pairs.length > pairsMax) return `A request has at most ${pairsMax} parameters`;
  for (const [key, value] of pairs) {
    const match = /^([^[\]]+)(?:\[([^[\]]*)\])?$/.exec(key);
    if (match === null) return `Invalid parameter name: ${key}`;
    const [, name = '', member] = match;
    const known = form.get(name);
    if (member === undefined) form.set(name, value);
    else if (lists.has(name) && /^\d*$/.test(member))
      form.set(name, [...(Array.isArray(known) ? known : []), value]);
    else form.set(name, { ...(isRecord(known) ? known : {}), [member]: value });
  }
  return form;
}

function isRecord(value: FormValue | undefined): value is Record<string, string> {
  return typeof value === 'object' && !Array.isArray(value);
}

/** The same parameters as one text, whatever their order: what an idempotency key is compared by. */
export function canonical(form: Form): string {
  const entries = [...form].map(([name, value]): [string, unknown] => [
    name,
    isRecord(value) ? Object.entries(value).sort(byName) : value,
  ]);
  return JSON.stringify(entries.sort(byName));
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A text parameter, or null. */
export function textOf(form: Form, name: string): string | null {
  const value = form.get(name);
  return typeof value === 'string' ? value : null;
}

/** A whole number that has been validated, or null. */
export function integerOf(form: Form, name: string): number | null {
  const text = textOf(form, name);
  return text === null ? null : Number.parseInt(text, 10);
}

/** A hash parameter, or null. */
export function recordOf(form: Form, name: string): Readonly<Record<string, string>> | null {
  const value = form.get(name);
  return isRecord(value) ? value : null;
}

/** A list parameter, or an empty one. */
export function listOf(form: Form, name: string): readonly string[] {
  const value = form.get(name);
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
