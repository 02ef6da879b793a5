import { z } from 'zod';
import { noteOf } from './shapes.ts';

/** A JSON schema, draft 2020-12, as OpenAPI 3.1 takes it. */
export type JsonSchema = { [keyword: string]: unknown };

/** Requests are described as they are sent, answers as they are written. */
type Side = 'input' | 'output';

const componentsAt = '#/components/schemas/';
const idMin = Number.MIN_SAFE_INTEGER;
const idMax = Number.MAX_SAFE_INTEGER;

/** A sum: `encode` writes it as text where a JSON number would not be exact. */
const exactSum = { oneOf: [{ type: 'integer' }, { type: 'string', pattern: '^-?[0-9]{16,}$' }] };

/** Turns zod schemas into JSON schemas; those with an id are collected under their name and referred to. */
export class SchemaBook {
  readonly named: Record<string, JsonSchema> = {};

  /** The schema, or a reference to it when it has a name. */
  read(schema: z.ZodType, side: Side): JsonSchema {
    const {
      $schema: _dialect,
      $defs,
      ...own
    } = z.toJSONSchema(schema, {
      io: side,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => this.#correct(zodSchema, jsonSchema as JsonSchema, side),
    }) as JsonSchema;
    for (const [id, json] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>))
      this.#name(id, json);
    return pointed(own);
  }

  #name(id: string, json: JsonSchema): void {
    const { id: _named, ...schema } = pointed(json);
    const known = this.named[id];
    if (known && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`two schemas are called ${id}`);
    this.named[id] = schema;
  }

  /** Says what zod cannot: how bigints and dates are written, and what notes say instead. */
  #correct(zod: z.core.$ZodTypes, json: JsonSchema, side: Side): void {
    const note = noteOf(zod);
    if (note.as) become(json, this.read(note.as, side));
    if (note.json) become(json, note.json);
    if (note.isSum) Object.assign(json, exactSum);
    else if (zod._zod.def.type === 'bigint') json['type'] = 'integer';
    if (zod._zod.def.type === 'date') Object.assign(json, { type: 'string', format: 'date-time' });
    // The format says it; the pattern of a calendar is longer than everything else.
    if (json['format'] === 'date-time' || json['format'] === 'date') delete json['pattern'];
    // The limits of exact numbers are the same everywhere and said once, in the introduction.
    if (json['minimum'] === idMin) delete json['minimum'];
    if (json['maximum'] === idMax && json['type'] === 'integer') delete json['maximum'];
  }
}

function become(json: JsonSchema, other: JsonSchema): void {
  for (const keyword of Object.keys(json)) delete json[keyword];
  Object.assign(json, other);
}

/** The same with references that lead to the components of the document. */
function pointed(json: JsonSchema): JsonSchema {
  const text = JSON.stringify(json).replaceAll('"#/$defs/', `"${componentsAt}`);
  return JSON.parse(text) as JsonSchema;
}
