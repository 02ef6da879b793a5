import type { RefusalCode } from './refusal.ts';
import { payoutRefusalsFr } from './refusals-fr-payouts.ts';
import { runRefusalsFr } from './refusals-fr-runs.ts';

/** A no as people read it: what it is called, what happened, what to do. */
export type TitledWords = readonly [title: string, happened: string, todo: string];

/** Every no of the domain in French, for the team. None of them names a field of the API: whoever reads them is a person. */
export const refusalsFr: Readonly<Record<RefusalCode, TitledWords>> = {
  ...payoutRefusalsFr,
  ...runRefusalsFr,
};
