import type { TeamLanguage } from './language.ts';
import { counted } from './words.ts';

/** What stands beside something that was found. */
export interface SearchTexts {
  readonly payout: (money: string, payee: string) => string;
  readonly blocked: (id: string) => string;
  readonly batchOf: (id: string, cycle: string) => string;
  readonly batch: (state: string, items: number, at: string) => string;
  readonly cycle: (id: string, status: string) => string;
}

/** States of a batch; one that is new here reads as it is stored. */
const states: Readonly<Record<string, string>> = {
  preparing: 'en préparation',
  processing: 'en cours',
  completed: 'terminé',
  cancelled: 'annulé',
  failed: 'en échec',
};

export const searchTexts: Readonly<Record<TeamLanguage, SearchTexts>> = {
  en: {
    payout: (money, payee) => `${money} to ${payee}`,
    blocked: (id) => `${id}, blocked`,
    batchOf: (id, cycle) => `${id} of cycle ${cycle}`,
    batch: (state, items, at) => `${state}, ${counted(items, 'item', 'items')}, ${at}`,
    cycle: (id, status) => `${id}, ${status}`,
  },
  fr: {
    payout: (money, payee) => `${money} à ${payee}`,
    blocked: (id) => `${id}, bloqué`,
    batchOf: (id, cycle) => `${id} du cycle ${cycle}`,
    batch: (state, items, at) =>
      `${states[state] ?? state}, ${counted(items, 'versement', 'versements')}, ${at}`,
    cycle: (id, status) => `${id}, ${status === 'open' ? 'ouvert' : 'clos'}`,
  },
};
