/** How long after a break the stream is tried anew; the browser tries by itself before that. */
const reopenMs = 5000;

/** What every tab is told: the stream stands (`hello`), something changed, or nothing comes through now. */
type Told = { readonly kind: 'hello' | 'broken' } | { readonly kind: 'changed'; readonly data: string };
type Said = Told | { readonly kind: 'new' };
type Listener = (told: Told) => void;

/**
 * One stream of events for all tabs of this browser: one of them holds it and hands on what comes. A browser has six
 * connections to a server for all its tabs, and a stream in each would take them from everything else. Where tabs cannot
 * agree (a page that is neither HTTPS nor localhost), each that is looked at has its own. Answers how to stop.
 */
export function followEvents(path: string, tell: Listener): () => void {
  return 'locks' in navigator ? followTogether(path, tell) : followWhileSeen(path, tell);
}

function followTogether(path: string, tell: Listener): () => void {
  const name = `purser ${path}`;
  const channel = new BroadcastChannel(name);
  const stopping = new AbortController();
  let last: Told = { kind: 'broken' };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin
  const say = (told: Said) => channel.postMessage(told);
  let leads = false;
  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
    if (data.kind !== 'new') tell(data);
    else if (leads) say(last.kind === 'changed' ? { kind: 'hello' } : last);
  });
  say({ kind: 'new' });
  const hold = async () => {
    leads = true;
    const close = openEvents(path, (told) => {
      last = told;
      tell(told);
      say(told);
    });
    await new Promise((done) => stopping.signal.addEventListener('abort', done, { once: true }));
    close();
  };
  // Ends with the tab; the next one takes over.
  navigator.locks.request(name, { signal: stopping.signal }, hold).catch(() => undefined);
  return () => {
    stopping.abort();
    channel.close();
  };
}

function followWhileSeen(path: string, tell: Listener): () => void {
  let close: (() => void) | undefined;
  const look = () => {
    close?.();
    close = document.visibilityState === 'visible' ? openEvents(path, tell) : undefined;
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    close?.();
  };
}

/** Opens the stream until it is stopped, anew whenever the browser has given up. */
function openEvents(path: string, tell: Listener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(path);
    source.addEventListener('hello', () => tell({ kind: 'hello' }));
    source.addEventListener('changed', ({ data }: MessageEvent<string>) => tell({ kind: 'changed', data }));
    source.addEventListener('error', () => {
      tell({ kind: 'broken' });
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, reopenMs);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
