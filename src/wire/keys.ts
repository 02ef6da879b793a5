import { z } from 'zod';
import type { Role } from '../core/roles.ts';
import { roles } from '../core/roles.ts';
import { moment } from './shapes.ts';
import { text, time } from './text.ts';

export const keyBody = z.strictObject({
  name: text(100),
  role: z.enum(roles),
  expiresAt: time.nullish(),
});

const named = {
  id: z.string(),
  name: z.string(),
  prefix: z.string().meta({ description: 'The first characters, to tell keys apart' }),
  role: z.enum(roles),
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
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** A key as it is listed: never the key itself. */
export function presentKey(key: KeyFacts): z.output<typeof keyView> {
  const { publicId: id, name, prefix, role, createdAt, expiresAt, revokedAt, lastUsedAt } = key;
  return { id, name, prefix, role, createdAt, expiresAt, revokedAt, lastUsedAt };
}
