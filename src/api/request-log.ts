import { setTimeout as later } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LoggedRequest } from '../store/request-log.ts';
import { insertRequests } from '../store/request-log.ts';
import type { ApiDeps } from './deps.ts';
import { originOf } from './origin.ts';
import { stranger } from './refusals.ts';

/** How long a request waits in memory to be written beside others; a crash loses so much. */
const writeEveryMs = 1_000;
/** Requests that wait at most; beyond it they are counted and left out. */
const waitingMax = 10_000;
/** Refused requests of nobody known that wait at most: a flood of bad keys does not push out everybody else's. */
const strangersMax = 100;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, also when it was refused; null: nobody known. */
    askedBy: { readonly kind: LoggedRequest['actorKind']; readonly id: string } | null;
    /** What the problem of its answer is called. */
    problemCode: string | null;
  }
}

/** Keeps the list of requests, without holding up any of them. */
export class RequestLog {
  readonly #deps: ApiDeps;
  #waiting: LoggedRequest[] = [];
  #strangers = 0;
  #left = 0;
  #writing: Promise<void> | null = null;
  readonly #stop = new AbortController();

  constructor(deps: ApiDeps) {
    this.#deps = deps;
  }

  /** Notes an answered request, unless the list leaves it out. */
  add(request: FastifyRequest, reply: FastifyReply): void {
    const route = request.routeOptions.url;
    if (route === undefined || !isListed(request, reply)) return;
    const { kind, id } = request.askedBy ?? stranger(originOf(request));
    const isRefusedStranger = kind === 'stranger' && reply.statusCode >= 400;
    if (this.#waiting.length >= waitingMax || (isRefusedStranger && this.#strangers >= strangersMax)) {
      this.#left += 1;
      return;
    }
    if (isRefusedStranger) this.#strangers += 1;
    this.#waiting.push({
      at: this.#deps.now(),
      method: request.method,
      route,
      status: reply.statusCode,
      code: request.problemCode,
      ms: Math.round(reply.elapsedTime),
      requestId: request.id,
      actorKind: kind,
      actorId: id,
      ip: request.ip,
      replayed: reply.getHeader('idempotent-replayed') === 'true',
    });
    this.#writing ??= this.#write();
  }

  /** Writes what waits, and nothing after it. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#writing;
  }

  async #write(): Promise<void> {
    const { signal } = this.#stop;
    while (this.#waiting.length > 0) {
      await later(writeEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
      const batch = this.#waiting;
      const left = this.#left;
      this.#waiting = [];
      this.#strangers = 0;
      this.#left = 0;
      try {
        await insertRequests(this.#deps.db, batch);
        if (left > 0) this.#deps.log.warn('requests_left_out', { left });
      } catch (error) {
        this.#deps.log.warn('requests_not_logged', { requests: batch.length, error: String(error) });
      }
    }
    this.#writing = null;
  }
}

/**
 * Whatever came with a key, changed something or was refused. What somebody who is signed in, or the command line of the same
 * machine, only looked at is left out: a console asks all day, and nobody writes a client for it.
 */
function isListed({ askedBy, method, routeOptions }: FastifyRequest, { statusCode }: FastifyReply): boolean {
  if (routeOptions.url?.startsWith('/api/') !== true) return false;
  return askedBy?.kind === 'key' || method !== 'GET' || statusCode >= 400;
}
