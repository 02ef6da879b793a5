import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:http';

/** One server-sent event as a browser reads it. */
interface LiveEvent {
  readonly event: string;
  readonly id: string;
  readonly data: {
    topics?: string[];
    batches?: { id: string; status: string }[];
    locks?: { cycleId: string; lockedBy: string; expiresAt: string }[];
    reason?: string;
  };
}

/** A reader of server-sent events over a real socket. */
export interface LiveReader {
  readonly status: number;
  header(name: string): string;
  /** Every text that came, comments too. */
  text(): string;
  /** The next event; null when the stream has ended. Throws when none comes in time. */
  next(): Promise<LiveEvent | null>;
  /** The next event whose topics have this one. */
  until(topic: string): Promise<LiveEvent>;
  /** Reads nothing for so long as no event comes; true when there was none. */
  quiet(ms: number): Promise<boolean>;
  stop(): Promise<void>;
}

const eventMaxMs = 5_000;

/** Opens a stream on a connection of its own. */
export async function readLive(url: string, headers: Record<string, string>): Promise<LiveReader> {
  const request = get(url, { headers, agent: false });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const waiting: ((event: LiveEvent | null) => void)[] = [];
  const events: (LiveEvent | null)[] = [];
  let all = '';
  let rest = '';
  const give = (event: LiveEvent | null) => {
    const taker = waiting.shift();
    if (taker) taker(event);
    else events.push(event);
  };
  answer.setEncoding('utf8');
  answer.on('data', (text: string) => {
    all += text;
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parse(block);
      if (event) give(event);
    }
  });
  answer.on('error', () => undefined);
  const closed = once(answer, 'close');
  answer.once('close', () => give(null));
  const take = async (ms: number): Promise<LiveEvent | null | undefined> => {
    const known = events.shift();
    if (known !== undefined) return known;
    return new Promise((done) => {
      const taker = (event: LiveEvent | null) => {
        clearTimeout(timer);
        done(event);
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(taker), 1);
        done(undefined);
      }, ms);
      waiting.push(taker);
    });
  };
  const next = async () => {
    const event = await take(eventMaxMs);
    if (event === undefined) throw new Error(`no event came; there was ${all}`);
    return event;
  };
  return {
    status: answer.statusCode ?? 0,
    header: (name) => String(answer.headers[name]),
    text: () => all,
    next,
    async until(topic) {
      for (;;) {
        const event = await next();
        if (event === null) throw new Error(`the stream ended before ${topic}; there was ${all}`);
        if (event.data.topics?.includes(topic)) return event;
      }
    },
    quiet: async (ms) => (await take(ms)) === undefined,
    async stop() {
      answer.destroy();
      await closed;
    },
  };
}

function parse(block: string): LiveEvent | null {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const at = line.indexOf(': ');
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 2));
  }
  const event = fields.get('event');
  if (event === undefined) return null;
  return {
    event,
    id: fields.get('id') ?? '',
    data: JSON.parse(fields.get('data') ?? '{}') as LiveEvent['data'],
  };
}
