import type { Machine, Process } from '../support/machine.ts';
import { Random } from './random.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A running schedule: what the steps work on. */
export interface Simulation {
  readonly random: Random;
  readonly machine: Machine;
  readonly people: number;
  readonly cycles: readonly string[];
  workers: Process[];
  operator: Process;
  /** Events told so far, to be told again. */
  readonly told: { eventId: string; batchId: string | null; key: string | null }[];
  note(what: string): void;
}

/** A clock is off by up to ten minutes, both ways. */
export function skew(random: Random): number {
  return random.chance(0.5) ? 0 : random.int(1_200_000) - 600_000;
}

/** People of a cycle with every fate; the same ones however often they are asked for. */
export function crowd(sim: Simulation, cycle: string) {
  const fates = ['', '', '', '+failed', '+unclaimed', '+onhold', '+returned', '+poison'];
  const fate = new Random(sim.people * 7 + cycle.length);
  return Array.from({ length: sim.people }, (_, index) => ({
    reference: `${cycle}s${index}`,
    payee: `user${index}`,
    email: index === 3 ? 'no address' : `user${index}${fate.pick(fates)}@example.com`,
    amount: BigInt(1000 + index),
    currency: index % 5 === 4 ? 'JPY' : 'USD',
  }));
}
