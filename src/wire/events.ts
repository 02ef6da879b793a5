import type { PayeeTopic, Topic } from '../core/topics.ts';

// Server-sent events as the HTML standard writes them, https://html.spec.whatwg.org/multipage/server-sent-events.html

export const eventStreamType = 'text/event-stream';

/** How soon a browser whose stream ended asks again. */
const retryMs = 2_000;

/** A batch under way, or one that just ended. */
interface ToldBatch {
  readonly id: string;
  readonly status: string;
  readonly processedItems: number;
  readonly totalItems: number;
  readonly pollVersion: number;
}

/** A cycle that somebody has just begun to prepare. */
export interface ToldLock {
  readonly cycleId: string;
  readonly lockedBy: string;
  readonly expiresAt: string;
}

/** What to look at again, and how far the batches are. */
export interface Told {
  readonly topics: readonly (Topic | PayeeTopic)[];
  readonly batches: readonly ToldBatch[];
  readonly locks?: readonly ToldLock[];
}

/** The first event: from which point on the reader is told of changes. */
export function helloEvent(cursor: string, told: Pick<Told, 'batches'>): string {
  return `retry: ${retryMs}\n${eventOf('hello', cursor, { batches: told.batches })}`;
}

/** Something changed up to this point. */
export function changedEvent(cursor: string, told: Told): string {
  return eventOf('changed', cursor, told);
}

/** The stream ends for a reason that asking again does not mend by itself. */
export function endedEvent(reason: string): string {
  return `event: ended\ndata: ${JSON.stringify({ reason })}\n\n`;
}

/** A comment, so that nobody on the way takes the connection for dead. */
export const beat = ':\n\n';

function eventOf(name: string, cursor: string, data: unknown): string {
  return `event: ${name}\nid: ${cursor}\ndata: ${JSON.stringify(data)}\n\n`;
}
