import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoints } from '../../src/api/sign-in-endpoints.ts';
import { routes } from '../../src/api/routes.ts';
import { fault, faultIn } from '../../src/core/fault-words.ts';
import { payeeFaultIn } from '../../src/core/payee-fault-words.ts';
import { parsing } from '../../src/wire/parsing.ts';
import { acceptBody } from '../../src/wire/people.ts';
import { signInBody, verifyBody } from '../../src/wire/portal.ts';
import { unknownParameters } from '../../src/wire/query.ts';
import { noteOf } from '../../src/wire/shapes.ts';
import { english } from '../support/english.ts';
import { filesBelow } from '../support/tidy/files.ts';

// Whatever somebody sends, what is wrong with it is said in sentences of ours, in English and in French; to payees in Kreyòl, too.

/** Values that are wrong nearly everywhere. */
const wrong: readonly unknown[] = [
  undefined,
  null,
  true,
  '',
  ' ',
  'x',
  '\0',
  'x'.repeat(20_000),
  0,
  -1,
  1.5,
  2 ** 60,
  Number.NaN,
  [],
  [1],
  Array.from({ length: 6000 }, () => 1),
  {},
  { stranger: 1 },
  { USD: 'x' },
];
const depthMax = 6;

type Def = Readonly<Record<string, unknown>> & { readonly type: string };

/** Wrong values for each part of a schema, in the shape in which the schema meets it. */
function* wrongFor(schema: z.core.$ZodType, depth = 0): Generator {
  yield* wrong;
  if (depth > depthMax) return;
  const def = schema._zod.def as unknown as Def;
  const inside = (part: unknown) => wrongFor(part as z.core.$ZodType, depth + 1);
  const { as } = noteOf(schema);
  if (as !== undefined) yield* inside(as);
  if (def.type === 'object')
    for (const [name, part] of Object.entries(def['shape'] as object))
      for (const value of inside(part)) yield { [name]: value };
  if (def.type === 'array') for (const value of inside(def['element'])) yield [value];
  if (def.type === 'record')
    for (const value of inside(def['valueType'])) yield { USD: value, winner: value };
  if (def.type === 'union')
    for (const option of def['options'] as z.core.$ZodType[]) {
      yield* inside(option);
      yield* named(option, inside(option));
    }
  for (const name of ['innerType', 'in', 'out']) if (def[name] !== undefined) yield* inside(def[name]);
}

/** The same with what tells one choice from the others, so that it is read as that choice. */
function* named(option: z.core.$ZodType, values: Iterable<unknown>): Generator {
  const { shape = {} } = option._zod.def as unknown as { shape?: Record<string, z.core.$ZodType> };
  const tags = Object.entries(shape).flatMap(([name, part]) => {
    const { type, values: literals } = part._zod.def as unknown as { type: string; values?: unknown[] };
    return type === 'literal' ? [[name, literals?.[0]] as const] : [];
  });
  if (tags.length === 0) return;
  for (const value of values)
    if (typeof value === 'object' && value !== null) yield { ...Object.fromEntries(tags), ...value };
}

/** What a payee can be told of what they sent, wherever the portal sends it. */
const takenOfPayees: readonly z.core.$ZodType[] = [
  ...routes
    .filter(({ right }) => right === 'self')
    .flatMap(({ params, query, body }) => [params, query, body].filter((part) => part !== undefined)),
  signInBody,
  verifyBody,
];

const taken: readonly (readonly [string, z.core.$ZodType])[] = [
  ...routes.flatMap(({ method, path, params, query, body }) =>
    [params, query, body].flatMap((part) => (part ? [[`${method} ${path}`, part] as const] : [])),
  ),
  ...endpoints.map(({ method, path, body }) => [`${method} /api/auth${path}`, body] as const),
  ['accept-invitation', acceptBody],
  ['sign-in', signInBody],
  ['verify', verifyBody],
];

/** Words that the library says itself, in either language. */
const raw = /expected|received|Invalid|Too (small|big)|Unrecognized|>=|<=|chaîne|attendu/;

function isOurs(message: string): boolean {
  const french = faultIn(message, 'fr');
  return french !== message && english(french.replace('nextCursor of', '')).length === 0;
}

describe('a fault of a request', () => {
  it('is a sentence in both languages, whatever is wrong with whatever any call takes', () => {
    const said = taken.flatMap(([call, schema]) =>
      [...wrongFor(schema)].flatMap((value) => {
        const { error } = z.core.safeParse(schema, value, parsing);
        return (error?.issues ?? []).map(({ message }) => `${call}\n${message}`);
      }),
    );
    const messages = [...new Set(said)].map((one) => one.split('\n') as [string, string]);
    expect(messages.length).toBeGreaterThan(500);
    expect(messages.filter(([, message]) => raw.test(message) || !isOurs(message))).toEqual([]);
  });

  it('is a sentence in Kreyòl, too, wherever a payee can meet it', () => {
    const issues = takenOfPayees.flatMap((schema) =>
      [...wrongFor(schema)].flatMap((value) => z.core.safeParse(schema, value, parsing).error?.issues ?? []),
    );
    const more = [fault('no_parameter'), fault('parameter', 'limit, cursor'), fault('two_methods')];
    const said = new Set([...issues.map(({ message }) => message), ...more, fault('default_method')]);
    expect(said.size).toBeGreaterThan(30);
    const notSaid = [...said].filter((message) => {
      const kreyol = payeeFaultIn(message, 'ht');
      return kreyol === message || kreyol === faultIn(message, 'fr');
    });
    expect(notSaid).toEqual([]);
  });

  it('is told for every kind of value that a schema asks for', () => {
    const told = (schema: z.ZodType, value: unknown) =>
      schema.safeParse(value, parsing).error?.issues.map(({ message }) => faultIn(message, 'fr'));
    const choice = z.discriminatedUnion('as', [
      z.object({ as: z.literal('a') }),
      z.object({ as: z.literal('b') }),
    ]);
    expect(told(z.object({ name: z.string() }), {})).toEqual(['il manque']);
    expect(told(z.string().min(1), '')).toEqual(['ne doit pas être vide']);
    expect(told(z.string().min(12), 'x')).toEqual(['doit avoir au moins 12 caractères']);
    expect(told(z.array(z.int()).max(2), [1, 2, 3])).toEqual(['doit avoir au plus 2 éléments']);
    expect(told(z.int().max(5), 6)).toEqual(['doit être 5 ou moins']);
    expect(told(z.int(), 1.5)).toEqual(['doit être un nombre entier']);
    expect(told(z.number().multipleOf(5), 3)).toEqual(['doit être un multiple de 5']);
    expect(told(z.iso.datetime(), 'soon')).toEqual([
      'doit être une heure avec son fuseau, comme 2026-11-27T17:00:00Z',
    ]);
    expect(told(z.union([z.iso.date(), z.iso.datetime()]), 'soon')).toEqual([
      'doit être un jour, comme 2026-11-27',
    ]);
    expect(told(z.enum(['a', 'b']), 'c')).toEqual(['doit être l’un de ceux-ci : a, b']);
    expect(told(z.strictObject({}), { x: 1 })).toEqual(['a des noms qui ne sont pas connus ici : x']);
    expect(told(z.record(z.string().max(1, fault('source_type')), z.int()), { long: 1 })).toEqual([
      `se trouve sous un nom qui ${faultIn(fault('source_type'), 'fr')}`,
    ]);
    expect(told(choice, { as: 'c' })?.[0]).toMatch(/^(doit être l’un de|n’est pas valable)/);
    expect(told(z.set(z.string()), new Set([1]))?.[0]).toMatch(/texte|valable/);
    expect(
      told(
        z.string().refine(() => false),
        'x',
      ),
    ).toEqual(['n’est pas valable']);
    for (const { message } of unknownParameters(z.object({ q: z.string() }), { p: 1 }))
      expect(isOurs(message)).toBe(true);
  });

  it('is never left to the library where a request is read', () => {
    const lines = ['src/api', 'src/wire'].flatMap((folder) =>
      filesBelow('.', folder, ['.ts']).flatMap(({ text }) => text.split('\n')),
    );
    const read = lines.filter((line) => line.includes('.safeParse(') && !/\{ data \} =|\.success/.test(line));
    expect(read.length).toBeGreaterThan(8);
    const bare = read.filter((line) => !/parsing\)|reference\.safeParse/.test(line));
    expect(bare).toEqual([]);
  });
});
