import type { TeamLanguage } from './language.ts';
import type { Told } from './told.ts';
import { operatorMoment } from './when.ts';

/** What somebody did to a payout, as its timeline calls it. */
interface Deed {
  readonly event: string;
  readonly actor: string;
  readonly at: Date;
}

/** What the timeline calls what people do, as a sentence says it. */
const deeds: Readonly<Record<string, Readonly<Record<TeamLanguage, string>>>> = {
  approve: { en: 'approved', fr: 'approuvé' },
  decline: { en: 'declined', fr: 'refusé' },
  cancel: { en: 'cancelled', fr: 'annulé' },
  mark_paid: { en: 'marked paid', fr: 'marqué payé' },
  complete: { en: 'paid', fr: 'payé' },
  return: { en: 'given back', fr: 'marqué revenu' },
  resubmit: { en: 'put to be approved again', fr: 'remis en approbation' },
};

/** That it has been done already, by whom and when; null for what a sentence does not name. */
export function doneWords({ event, actor, at }: Deed, zone: string): Record<TeamLanguage, Told> | null {
  const words = deeds[event];
  if (words === undefined) return null;
  const english = operatorMoment(zone, at);
  const french = operatorMoment(zone, at, 'fr');
  return {
    en: {
      message: `This has been done already: ${words.en} by ${actor} on ${english}. Nothing was changed.`,
    },
    fr: { message: `C’est déjà fait : ${words.fr} par ${actor} le ${french}. Rien n’a été changé.` },
  };
}
