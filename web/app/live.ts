import { useEffect, useState } from 'react';
import type { Cycle } from '../client/types.ts';
import { lookAgain, queries } from './api.ts';
import { followConnection, lookForServer, serverLostSince, useLostSince } from './connection.ts';
import { followEvents } from './stream.ts';

/** How often everything shown is asked for while no events come. */
const pollMs = 10_000;
/** How often a page that is looked at makes sure that the server is there: a connection can end without a word. */
const sureMs = 15_000;
/** What is made of everything, and so looked at again with every change. */
const ofEverything = ['status', 'inbox', 'numbers'];

/** `live`: told of changes. `polling`: asks now and then. `lost`: the server does not answer. */
export type LiveState = 'live' | 'polling' | 'lost';

/**
 * Keeps what is shown true: the server says what changed, and that is asked for again. Without events it is asked for now
 * and then; after sleep and in a tab that comes back, at once. Nothing is believed but what the API answers.
 */
export function useLive(path: string): LiveState {
  const [state, setState] = useState<'live' | 'polling'>('polling');
  const isLost = useLostSince() !== null;
  useEffect(() => {
    const stop = followEvents(path, (told) => {
      setState(told.kind === 'broken' ? 'polling' : 'live');
      if (told.kind === 'broken') void lookForServer();
      if (told.kind === 'changed') refresh(told.data);
      // What happened while nobody listened.
      if (told.kind === 'hello') void lookAgain();
    });
    document.addEventListener('visibilitychange', lookWhenSeen);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    const unfollow = followConnection(() => {
      if (serverLostSince() === null) void lookAgain();
    });
    const sure = setInterval(lookWhetherThere, sureMs);
    return () => {
      stop();
      unfollow();
      clearInterval(sure);
      document.removeEventListener('visibilitychange', lookWhenSeen);
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, [path]);
  useEffect(() => {
    if (state === 'live' || isLost) return undefined;
    const timer = setInterval(lookWhenSeen, pollMs);
    return () => clearInterval(timer);
  }, [state, isLost]);
  return isLost ? 'lost' : state;
}

/** The network came or went: whether the server is there is found out, and then what it says. */
function look(): void {
  void lookForServer().then((isThere) => isThere && lookWhenSeen());
}

function lookWhetherThere(): void {
  if (document.visibilityState === 'visible') void lookForServer();
}

function lookWhenSeen(): void {
  if (document.visibilityState === 'visible') void lookAgain();
}

/** A cycle that somebody has just begun to prepare. */
interface Lock {
  readonly cycleId: string;
  readonly lockedBy: string;
  readonly expiresAt: string;
}

/** Asks again for what the event names; the first part of every query's key is its topic. */
function refresh(data: string): void {
  const { topics, locks = [] } = JSON.parse(data) as { topics: readonly string[]; locks?: readonly Lock[] };
  for (const { cycleId, ...lock } of locks) showLock(cycleId, lock);
  const changed = new Set([...topics, ...ofEverything]);
  void queries.invalidateQueries({
    predicate: ({ queryKey, meta }) => changed.has(String(queryKey[0])) && meta?.['asked'] !== true,
  });
}

/** While a cycle is prepared the answer about it may have to wait: until it comes, the page says what is known. */
function showLock(cycleId: string, lock: Cycle['lock']): void {
  queries.setQueryData<Cycle>(['cycles', cycleId], (cycle) => cycle && { ...cycle, lock });
}
