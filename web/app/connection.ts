import { useSyncExternalStore } from 'react';

/** Answers as long as the process lives, without asking the database. */
const place = '/healthz';
/** How long its answer is waited for. A server that prepares thousands of payouts may take seconds. */
const answerMaxMs = 10_000;
/** How soon one that did not answer is asked again. */
const againMs = 3000;
/** Below this somebody answered; above it only what stands between here and the server. */
const gatewayErrors = 502;

let lostSince: Date | null = null;
let looking: Promise<boolean> | undefined;
const listeners = new Set<() => void>();

/** Whether the server answers; asked now. While it does not it is asked again and again by itself. */
export function lookForServer(): Promise<boolean> {
  looking ??= look().finally(() => {
    looking = undefined;
  });
  return looking;
}

async function look(): Promise<boolean> {
  const asked = new Date();
  const isThere = await answers();
  if (!isThere) setTimeout(() => void lookForServer(), againMs);
  if (isThere !== (lostSince === null)) become(isThere ? null : asked);
  return isThere;
}

async function answers(): Promise<boolean> {
  try {
    const { status } = await fetch(place, { cache: 'no-store', signal: AbortSignal.timeout(answerMaxMs) });
    return status < gatewayErrors;
  } catch {
    return false;
  }
}

function become(since: Date | null): void {
  lostSince = since;
  for (const listener of listeners) listener();
}

/** Calls back when the server is lost and when it is there again. */
export function followConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Since when the server does not answer; null: it does. */
export function serverLostSince(): Date | null {
  return lostSince;
}

/** The same for what is drawn. */
export function useLostSince(): Date | null {
  return useSyncExternalStore(followConnection, serverLostSince);
}
