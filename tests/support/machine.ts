import { setImmediate as turn } from 'node:timers/promises';
import { throughGate } from './gated-provider.ts';
import type { SharedDatabase } from './hooked-db.ts';
import type { PayoutProvider } from '../../src/providers/provider.ts';
import type { ModelProvider } from './model-provider.ts';
import type { World } from './world.ts';
import { makeWorld } from './world.ts';

/** A process that was killed; nothing may swallow it. */
export class KilledError extends Error {
  override readonly name = 'KilledError';
}

/** One simulated worker process: it can be busy, paused at a call to the provider, and dead. */
export interface Process {
  readonly world: World;
  readonly name: string;
  dead: boolean;
  /** Commits and calls until it dies; null means that it lives. */
  killIn: number | null;
  task: Promise<void> | null;
  /** The commits and calls it came through, e.g. `before commit`. */
  readonly passed: string[];
}

/** A call to the provider that waits to go on: on its way there, or with its answer on the way back. */
export interface Waiting {
  readonly process: Process;
  readonly what: string;
  readonly moment: 'before' | 'after';
  go(): void;
  drop(): void;
}

/** Everything that is shared: one database, one provider, one clock; and the calls that wait. */
export class Machine<P extends PayoutProvider = ModelProvider> {
  readonly shared: SharedDatabase;
  readonly model: P;
  readonly clock: { ms: number };
  readonly waiting: Waiting[] = [];
  readonly failures: unknown[] = [];
  /** True: calls to the provider no longer wait. */
  open = false;
  private started = 0;

  constructor(shared: SharedDatabase, model: P, clock: { ms: number }) {
    this.shared = shared;
    this.model = model;
    this.clock = clock;
  }

  async start(skewMs = 0): Promise<Process> {
    const name = `worker-${(this.started += 1)}`;
    const alive = () => {
      if (made.process?.dead) throw new KilledError(name);
    };
    const point = (what: string, moment: 'before' | 'after') => {
      alive();
      const { process } = made;
      process?.passed.push(`${moment} ${what}`);
      if (process?.killIn === null || !process) return;
      process.killIn -= 1;
      if (process.killIn > 0) return;
      process.dead = true;
      throw new KilledError(name);
    };
    const made: { process?: Process } = {};
    const gate = async (what: string, moment: 'before' | 'after') => {
      point(what, moment);
      if (!this.open) await this.wait(made.process, what, moment);
      // A request on the wire arrives although its sender has died meanwhile; an answer finds nobody.
      if (moment === 'after') alive();
    };
    const db = this.shared.connect({ point, alive });
    const provider = throughGate(this.model, gate);
    const world = await makeWorld({ db, provider, worker: name, clock: this.clock, skewMs });
    made.process = { world, name, dead: false, killIn: null, task: null, passed: [] };
    return made.process;
  }

  private async wait(process: Process | undefined, what: string, moment: 'before' | 'after'): Promise<void> {
    if (!process) throw new Error('a call before the process was made');
    await new Promise<void>((resolve, reject) => {
      const leave = () => this.waiting.splice(this.waiting.indexOf(entry), 1);
      const entry: Waiting = {
        process,
        what,
        moment,
        go: () => {
          leave();
          resolve();
        },
        drop: () => {
          leave();
          reject(new KilledError(process.name));
        },
      };
      this.waiting.push(entry);
    });
  }

  /** Starts work in a process without waiting for its end. What it throws, other than its death, is a failure. */
  run(process: Process, work: (world: World) => Promise<unknown>): void {
    process.task = work(process.world)
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!(error instanceof KilledError)) this.failures.push(error);
      })
      .finally(() => {
        process.task = null;
      });
  }

  /** Waits until everybody waits for a call or has ended: nothing is under way in the database or in between. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 2;) {
      await turn();
      quiet = this.shared.busy === 0 ? quiet + 1 : 0;
    }
  }
}
