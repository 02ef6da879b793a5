import { z } from 'zod';
import type { InboxKind } from '../core/inbox.ts';
import { inboxWords } from '../core/inbox-words.ts';
import { inboxKinds } from '../core/inbox.ts';
import type { TeamLanguage } from '../core/language.ts';
import { count, moment, sumsByCurrency } from './shapes.ts';

const inboxItemView = z
  .strictObject({
    kind: z.enum(inboxKinds),
    count,
    capped: z.boolean().meta({ description: 'There are more than were counted: 10,000' }),
    totals: sumsByCurrency,
    oldestAt: moment.nullable(),
    dueAt: moment.nullable().meta({ description: 'When the first of them ends by the clock' }),
    title: z.string().meta({ examples: ['2 payouts wait for approval'] }),
    detail: z.string(),
    action: z.string(),
    link: z
      .strictObject({
        list: z.string().meta({ examples: ['payouts'] }),
        id: z.string().nullable().meta({ description: 'The one thing, when it is one' }),
        filter: z.record(z.string(), z.string()).meta({ examples: [{ status: 'failed', need: 'failed' }] }),
      })
      .meta({ description: 'Which list shows them, with which filter' }),
    waitingOn: z.enum(['you', 'approver', 'payee', 'clock']),
  })
  .meta({ id: 'InboxItem' });

export const inboxView = z
  .strictObject({
    items: z.array(inboxItemView).meta({ description: 'The most urgent first' }),
    allClear: z.boolean(),
    checkedAt: moment,
  })
  .meta({ id: 'Inbox' });

/** What was found of one kind. */
export interface InboxFacts {
  readonly kind: InboxKind;
  readonly count: number;
  readonly capped: boolean;
  readonly totals?: Readonly<Record<string, bigint>>;
  readonly oldestAt: Date | null;
  readonly dueAt?: Date | null;
  readonly id?: string | null;
  /** How many of what failed can be paid again now, as the payee has another method. */
  readonly againNow?: number;
}

export function presentInboxItem(facts: InboxFacts, language: TeamLanguage): z.output<typeof inboxItemView> {
  const { kind, count: n, capped, totals = {}, oldestAt, dueAt = null, id = null, againNow = 0 } = facts;
  const { list, filter, ...words } = inboxWords({ kind, count: n, capped, againNow }, language);
  const { title, detail, action, waitingOn } = words;
  const link = { list, id, filter };
  return { kind, count: n, capped, totals, oldestAt, dueAt, title, detail, action, link, waitingOn };
}
