import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import type { Role } from '../core/roles.ts';
import { roles } from '../core/roles.ts';
import { moment } from './shapes.ts';
import { nameOf, time } from './text.ts';

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
}

/** A key as it is listed: never the key itself. */
export function presentKey(key: KeyFacts): z.output<typeof keyView> {
  const { publicId: id, name, prefix, role, scope, createdAt, expiresAt, revokedAt, lastUsedAt } = key;
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
  };
}
