import { setImmediate as turnOfOthers, setTimeout as later } from 'node:timers/promises';
import type { Hash } from '../core/ids.ts';
import type { Db } from '../store/db.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import type { ToldLock } from '../wire/events.ts';
import { beat, changedEvent, endedEvent, helloEvent } from '../wire/events.ts';
import { LiveStream } from './live-stream.ts';
import type { Watch } from './live-watch.ts';
import { PayeeWatch, TeamWatch } from './live-watch.ts';

/** How often the database is looked at while somebody listens. */
const lookEveryMs = 1_000;
/** How often a quiet stream shows that it is alive, and its reader is looked up again. */
const beatEveryMs = 15_000;
/** Streams of one person, key or payee in one process: some tabs on some machines. */
const streamsPerCallerMax = 10;
/** Streams of one process. */
const streamsMax = 500;
/** How long readers have to take the end of their stream when the server stops. */
const endGraceMs = 1_000;
/** Turns of this process after which what was told is on its way: one through the stream, one to the socket. */
const turnsToLeave = 2;
/** Seconds after which somebody who was turned away may ask again. */
const fullRetrySeconds = 30;

/** What is handed in by whoever runs the server; the times by tests. */
interface Options {
  readonly lookEveryMs: number;
  readonly beatEveryMs: number;
  readonly streamsPerCallerMax: number;
  readonly streamsMax: number;
}

interface LiveDeps {
  readonly db: Db;
  readonly hash: Hash;
  readonly log: { warn(event: string, fields?: Record<string, unknown>): void };
}

/** Somebody who wants to be told. */
interface Listener {
  /** Whose limit it counts for. */
  readonly caller: string;
  /** The payee who sees their own; null: the team, who sees all. */
  readonly payeeId: bigint | null;
  /** The id of the last event that was read before; null: none. */
  readonly lastEventId: string | null;
  /** Whether whoever listens may still do so; asked with every beat. */
  stillMay(): Promise<boolean>;
}

/**
 * Tells listeners of this process that something changed. What changed is found in the database, once for all of them, and
 * only while there is one: no process has to hear of what another one did, and a restart loses nothing.
 */
export class Live {
  readonly #deps: LiveDeps;
  readonly #options: Options;
  readonly #team: TeamWatch;
  readonly #payees: PayeeWatch;
  readonly #streams = new Map<LiveStream, { listener: Listener; watch: Watch }>();
  /** Connections that wait for their first look. */
  readonly #arriving = new Map<symbol, string>();
  readonly #ending = new AbortController();
  #looking: Promise<void> | null = null;

  constructor(deps: LiveDeps, options: Partial<Options> = {}) {
    this.#deps = deps;
    this.#options = { lookEveryMs, beatEveryMs, streamsPerCallerMax, streamsMax, ...options };
    this.#team = new TeamWatch(deps);
    this.#payees = new PayeeWatch(deps);
  }

  /** How many are told now. */
  get size(): number {
    return this.#streams.size;
  }

  /** A stream that begins with where the database stands, or why there is none. */
  async listen(listener: Listener): Promise<LiveStream | No> {
    const refused = this.#full(listener.caller);
    if (refused) return refused;
    const place = Symbol(listener.caller);
    this.#arriving.set(place, listener.caller);
    try {
      const watch: Watch = listener.payeeId === null ? this.#team : this.#payees;
      await watch.begin(listener.payeeId);
      return this.#ending.signal.aborted ? no('unavailable', { retryAfter: 1 }) : this.#open(listener, watch);
    } finally {
      this.#arriving.delete(place);
    }
  }

  /**
   * Tells the team of a lock that was just taken. What holds it may keep the only connection of an embedded database until it
   * is done, so that no look and no read comes through: this is what others know until then. Waits until it has left.
   */
  async tellLock(lock: () => Promise<ToldLock | undefined>): Promise<void> {
    const team = [...this.#streams].filter(([, { listener }]) => listener.payeeId === null);
    const held = team.length === 0 ? undefined : await lock();
    if (!held) return;
    for (const [stream, { watch }] of team) {
      const told = { topics: ['cycles'] as const, batches: [], locks: [held] };
      stream.tell(changedEvent(watch.present(null).cursor, told));
    }
    for (let turn = 1; turn <= turnsToLeave; turn += 1) await turnOfOthers();
  }

  /** Ends all streams and looks no more; a server that stops waits for nobody. */
  async close(): Promise<void> {
    this.#ending.abort();
    const open = [...this.#streams.keys()];
    for (const stream of open) stream.finish();
    await this.#looking;
    const closed = open
      .filter((stream) => !stream.closed)
      .map((stream) => new Promise<void>((done) => stream.once('close', () => done())));
    const over = Promise.all(closed);
    await Promise.race([over, later(endGraceMs, undefined, { ref: false })]);
    for (const stream of open) stream.destroy();
  }

  #full(caller: string): No | null {
    if (this.#ending.signal.aborted) return no('unavailable', { retryAfter: 1 });
    const callers = [...this.#arriving.values()];
    for (const { listener } of this.#streams.values()) callers.push(listener.caller);
    const mine = callers.filter((other) => other === caller).length;
    if (mine >= this.#options.streamsPerCallerMax)
      return no('too_many_streams', { retryAfter: fullRetrySeconds });
    if (callers.length >= this.#options.streamsMax)
      return no('streams_full', { retryAfter: fullRetrySeconds });
    return null;
  }

  /** Between the first look and this there is no wait, so no change falls between them. */
  #open(listener: Listener, watch: Watch): LiveStream {
    const stream = new LiveStream();
    const { cursor, batches, all } = watch.present(listener.payeeId);
    stream.tell(helloEvent(cursor, { batches }));
    if (listener.lastEventId !== null && listener.lastEventId !== cursor)
      stream.tell(changedEvent(cursor, { topics: all, batches }));
    this.#streams.set(stream, { listener, watch });
    const beats = setInterval(() => void this.#beat(stream, listener), this.#options.beatEveryMs);
    stream.once('close', () => {
      clearInterval(beats);
      this.#streams.delete(stream);
    });
    this.#looking ??= this.#look();
    return stream;
  }

  /** Also finds out whether its reader may still listen; a look that fails is made again with the next beat. */
  async #beat(stream: LiveStream, listener: Listener): Promise<void> {
    stream.tell(beat);
    const still = await listener.stillMay().catch(() => true);
    if (still) return;
    stream.tell(endedEvent('The session ended, or what it may do has changed. Sign in again.'));
    stream.finish();
  }

  /** Looks, tells, waits; until nobody listens. */
  async #look(): Promise<void> {
    const { signal } = this.#ending;
    let failing = false;
    while (this.#streams.size > 0 && !signal.aborted) {
      await later(this.#options.lookEveryMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) break;
      try {
        await this.#lookOnce();
        failing = false;
      } catch (error) {
        // Streams stay: what changed meanwhile is found by the first look that succeeds.
        if (!failing) this.#deps.log.warn('live_look_failed', { error: String(error) });
        failing = true;
      }
      this.#forgetUnheard();
    }
    this.#looking = null;
  }

  async #lookOnce(): Promise<void> {
    const { team, payees } = this.#heard();
    const teamTold = team ? await this.#team.look() : null;
    const ownTold = payees.size > 0 ? await this.#payees.look(payees) : null;
    for (const [stream, { listener, watch }] of this.#streams) {
      const { payeeId } = listener;
      const told = payeeId === null ? teamTold : ownTold?.get(payeeId);
      if (told) stream.tell(changedEvent(watch.present(payeeId).cursor, told));
    }
  }

  #heard(): { team: boolean; payees: Set<bigint> } {
    const ids = [...this.#streams.values()].map(({ listener }) => listener.payeeId);
    return { team: ids.includes(null), payees: new Set(ids.filter((id) => id !== null)) };
  }

  /** What nobody listens to is looked at anew when somebody does. Whoever arrives has looked, and is not there yet. */
  #forgetUnheard(): void {
    if (this.#arriving.size > 0) return;
    const { team, payees } = this.#heard();
    if (!team) this.#team.forget();
    this.#payees.keep(payees);
  }
}
