import type { TeamLanguage } from './language.ts';
import type { Told } from './told.ts';
import { operatorMoment } from './when.ts';

/** A cycle that has an id already; `openedBy` null: it is not on record. */
interface Known {
  readonly id: string;
  readonly name: string;
  readonly openedBy: string | null;
  readonly openedAt: Date;
}

/** Why no other cycle is opened under an id that one has: which it is, and who opened it when. */
export function cycleExistsWords(
  { id, name, openedBy, openedAt }: Known,
  zone: string,
): Readonly<Record<TeamLanguage, Told>> {
  const by = openedBy === null ? { en: '', fr: '' } : { en: ` by ${openedBy}`, fr: ` par ${openedBy}` };
  const [english, french] = [operatorMoment(zone, openedAt), operatorMoment(zone, openedAt, 'fr')];
  return {
    en: {
      message: `There is a cycle ${id} already: ${name}, opened${by.en} on ${english}. Nothing was opened or changed.`,
    },
    fr: {
      message: `Il y a déjà un cycle ${id} : ${name}, ouvert${by.fr} le ${french}. Rien n’a été ouvert ni changé.`,
    },
  };
}
