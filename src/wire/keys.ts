import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { actorKinds } from '../core/actor.ts';
import type { Role } from '../core/roles.ts';
import { roles } from '../core/roles.ts';
import { moment } from './shapes.ts';
import { pageQuery } from './paging.ts';
import { anyId, nameOf, time } from './text.ts';

/** Parts of the API one key may be limited to. */
const scopePartsMax = 50;
const scopePart = z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, fault('scope_part'));

export const keyBody = z.strictObject({
  name: nameOf(100),
  role: z.enum(roles),
  /** Null or absent: everything its role may do. */
  scope: z.array(scopePart).min(1).max(scopePartsMax).nullish(),
  expiresAt: time.nullish(),
});

export const keysQuery = pageQuery.extend({
  /** Living keys that this person made, by themselves or through keys of theirs. */
  madeBy: anyId.optional(),
});

const named = {
  id: z.string(),
  name: z.string(),
  prefix: z.string().meta({ description: 'The first characters, to tell keys apart' }),
  role: z.enum(roles),
  scope: z
    .array(z.string())
    .nullable()
    .meta({ description: 'First parts of the paths it may call; null: all that its role may' }),
  expiresAt: moment.nullable(),
};

export const keyView = z
  .strictObject({
    ...named,
    createdAt: moment,
    revokedAt: moment.nullable(),
    lastUsedAt: moment.nullable(),
    madeBy: z
      .strictObject({ kind: z.enum(actorKinds), id: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'Who made it, as the audit trail tells' }),
  })
  .meta({ id: 'ApiKey' });

/** A key as its maker sees it, this once. */
export const newKeyView = z
  .strictObject({
    ...named,
    key: z.string().meta({ description: 'Shown this once', examples: ['pk_shown-once'] }),
  })
  .meta({ id: 'NewApiKey' });

interface KeyFacts {
  readonly publicId: string;
  readonly name: string;
  readonly prefix: string;
  readonly role: Role;
  readonly scope: readonly string[] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly makerKind: (typeof actorKinds)[number] | null;
  readonly makerId: string | null;
  readonly makerName: string | null;
}

/** A key as it is listed: never the key itself. */
export function presentKey(key: KeyFacts): z.output<typeof keyView> {
  const { publicId: id, name, prefix, role, scope, createdAt, expiresAt, revokedAt, lastUsedAt } = key;
  const { makerKind: kind, makerId: maker, makerName: called } = key;
  return {
    id,
    name,
    prefix,
    role,
    scope: scope === null ? null : [...scope],
    createdAt,
    expiresAt,
    revokedAt,
    lastUsedAt,
    madeBy: kind === null || maker === null ? null : { kind, id: maker, name: called ?? '' },
  };
}
