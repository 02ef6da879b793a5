import { setTimeout as sleep } from 'node:timers/promises';

/** Longest wait for one of the calls under way while a slot is free: other processes make work that rings no bell here. */
const lookAgainMs = 1000;

/** Takes up to `limit` pieces of work that is due, and nothing that is under way here, though its lease has ended. */
type Claim<T> = (limit: number, underWay: readonly T[]) => Promise<readonly T[]>;

/**
 * Calls that are under way beside each other, at most `limit`. One that is silent holds its own slot; the others take what
 * is due as soon as they are free. While all of them are silent nothing begins: docs/decisions/0017-silent-calls.md.
 */
export class Slots<T> {
  readonly #limit: number;
  readonly #claim: Claim<T>;
  readonly #call: (claimed: T) => Promise<void>;
  readonly #underWay = new Map<Promise<void>, T>();
  readonly #failures: unknown[] = [];
  #ended = 0;

  constructor(limit: number, claim: Claim<T>, call: (claimed: T) => Promise<void>) {
    this.#limit = limit;
    this.#claim = claim;
    this.#call = call;
  }

  /**
   * Fills the slots and waits for a call to end, or, with a slot to fill, until `rung` says that there may be work. Answers
   * how many calls ended; throws what one of them threw.
   */
  async fill(rung: AbortSignal): Promise<number> {
    const free = this.#limit - this.#underWay.size;
    if (free > 0)
      for (const claimed of await this.#claim(free, [...this.#underWay.values()])) this.#begin(claimed);
    if (this.#underWay.size > 0 && this.#ended === 0) await this.#untilSomething(rung);
    const [failure] = this.#failures.splice(0, 1);
    if (failure !== undefined) throw failure;
    const ended = this.#ended;
    this.#ended = 0;
    return ended;
  }

  /** Resolves when nothing is under way any more, however it ended. */
  async empty(): Promise<void> {
    await Promise.all(this.#underWay.keys());
  }

  #begin(claimed: T): void {
    const under = this.#call(claimed)
      .catch((error: unknown) => void this.#failures.push(error))
      .finally(() => {
        this.#ended += 1;
        this.#underWay.delete(under);
      });
    this.#underWay.set(under, claimed);
  }

  async #untilSomething(rung: AbortSignal): Promise<void> {
    if (this.#underWay.size >= this.#limit) return Promise.race(this.#underWay.keys());
    const over = new AbortController();
    const waited = sleep(lookAgainMs, undefined, { signal: AbortSignal.any([rung, over.signal]) });
    await Promise.race([...this.#underWay.keys(), waited.catch(() => undefined)]);
    over.abort();
  }
}
