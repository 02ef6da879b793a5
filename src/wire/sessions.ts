import { z } from 'zod';
import { moment, wholeListView } from './shapes.ts';

const sessionView = z
  .strictObject({
    id: z.string().meta({ examples: ['ps_0199d2a0'] }),
    current: z.boolean().meta({ description: 'True for the session that asks' }),
    ip: z
      .string()
      .nullable()
      .meta({ examples: ['203.0.113.7'] }),
    userAgent: z
      .string()
      .nullable()
      .meta({ examples: ['Mozilla/5.0'] }),
    createdAt: moment,
    lastSeenAt: moment,
    expiresAt: moment,
  })
  .meta({ id: 'Session', description: 'Where somebody is signed in' });
export const sessionsView = wholeListView(sessionView);

interface SessionFacts {
  readonly id: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** Sessions of a person or payee; `currentId` names the one that asks. */
export function presentSessions(
  rows: readonly SessionFacts[],
  currentId: string | undefined,
): z.output<typeof sessionsView> {
  const data = rows.map(({ id, ip, userAgent, createdAt, lastSeenAt, expiresAt }) => {
    return { id, current: id === currentId, ip, userAgent, createdAt, lastSeenAt, expiresAt };
  });
  return { data, nextCursor: null };
}
