import { useEffect, useState } from 'react';
import { queries } from './api.ts';

/** How often everything shown is asked for while no events come. */
const pollMs = 10_000;
/** How long after a break the stream is tried anew; the browser tries by itself before that. */
const reopenMs = 5000;

/** What is made of everything, and so looked at again with every change. */
const ofEverything = ['status', 'inbox', 'numbers'];

/** `live`: told of changes. `polling`: asks now and then. */
export type LiveState = 'live' | 'polling';

/**
 * Keeps what is shown true: the server says what changed, and that is asked for again. Without events it is asked for now
 * and then; after sleep and in a tab that comes back, at once. Nothing is believed but what the API answers.
 */
export function useLive(path: string): LiveState {
  const [state, setState] = useState<LiveState>('polling');
  useEffect(() => {
    const stop = follow(path, setState);
    const wake = () => {
      if (document.visibilityState === 'visible') void queries.invalidateQueries();
    };
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', wake);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
    };
  }, [path]);
  useEffect(() => {
    if (state === 'live') return undefined;
    const timer = setInterval(() => void queries.invalidateQueries(), pollMs);
    return () => clearInterval(timer);
  }, [state]);
  return state;
}

/** Opens the stream until it is stopped, anew whenever the browser has given up. */
function follow(path: string, tell: (state: LiveState) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(path);
    source.addEventListener('hello', () => {
      tell('live');
      // What happened while nobody listened.
      void queries.invalidateQueries();
    });
    source.addEventListener('changed', (event: MessageEvent<string>) => refresh(event.data));
    source.addEventListener('error', () => {
      tell('polling');
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, reopenMs);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** Asks again for what the event names; the first part of every query's key is its topic. */
function refresh(data: string): void {
  const { topics } = JSON.parse(data) as { topics: readonly string[] };
  const changed = new Set([...topics, ...ofEverything]);
  void queries.invalidateQueries({ predicate: ({ queryKey }) => changed.has(String(queryKey[0])) });
}
