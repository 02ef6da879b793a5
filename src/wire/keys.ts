import { z } from 'zod';
import type { Role } from '../core/roles.ts';
import { roles } from '../core/roles.ts';
import { text, time } from './text.ts';

/** Parts of the API one key may be limited to. */
const scopePartsMax = 50;
const scopePart = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,49}$/, 'must be the first part of a path, such as earnings');

export const keyBody = z.strictObject({
  name: text(100),
  role: z.enum(roles),
  /** Null or absent: everything its role may do. */
  scope: z.array(scopePart).min(1).max(scopePartsMax).nullish(),
  expiresAt: time.nullish(),
});

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
export function presentKey(key: KeyFacts) {
  const { publicId: id, name, prefix, role, scope, createdAt, expiresAt, revokedAt, lastUsedAt } = key;
  return { id, name, prefix, role, scope, createdAt, expiresAt, revokedAt, lastUsedAt };
}

const keyFacts = {
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  role: z.enum(roles),
  scope: z.array(z.string()).nullable(),
  expiresAt: z.iso.datetime().nullable(),
};
/** The one answer that has the key itself. */
export const newKeyAnswer = z.object({ ...keyFacts, key: z.string() });
export const keysAnswer = z.object({
  data: z.array(
    z.object({
      ...keyFacts,
      createdAt: z.iso.datetime(),
      revokedAt: z.iso.datetime().nullable(),
      lastUsedAt: z.iso.datetime().nullable(),
    }),
  ),
  nextCursor: z.null(),
});
