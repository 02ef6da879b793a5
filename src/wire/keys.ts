import { z } from 'zod';
import type { Role } from '../core/roles.ts';
import { roles } from '../core/roles.ts';
import { text, time } from './text.ts';

export const keyBody = z.strictObject({
  name: text(100),
  role: z.enum(roles),
  expiresAt: time.nullish(),
});

interface KeyFacts {
  readonly publicId: string;
  readonly name: string;
  readonly prefix: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** A key as it is listed: never the key itself. */
export function presentKey(key: KeyFacts) {
  const { publicId: id, name, prefix, role, createdAt, expiresAt, revokedAt, lastUsedAt } = key;
  return { id, name, prefix, role, createdAt, expiresAt, revokedAt, lastUsedAt };
}
