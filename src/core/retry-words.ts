import { holdEnding } from './hold-words.ts';
import type { TeamLanguage } from './language.ts';
import type { NextStep, Situation } from './next-step.ts';
import { nextStepTexts } from './next-step-texts.ts';
import type { RetryBar, RetryMeets } from './retry-ahead.ts';

interface RetryTexts {
  /** After how the hold ends. */
  readonly afterHold: string;
  readonly asksFrom: (at: string) => string;
  readonly asks: string;
  readonly barred: (at: string, why: string) => string;
  readonly bars: Record<RetryBar, string>;
}

const texts: Readonly<Record<TeamLanguage, RetryTexts>> = {
  en: {
    afterHold: 'Then it is tried again by itself.',
    asksFrom: (at) => `Needs approval again from ${at}`,
    asks: 'It was approved for the earlier one, so it is not tried again by itself: it goes back to be approved then. To have it sooner, put it back to be approved now.',
    barred: (at, why) => `It cannot be tried again by itself at ${at}: ${why}`,
    bars: {
      blocked: 'the payee is blocked. Set the payee to active, then retry.',
      frozen:
        'the payout method is frozen, as the payee says the change was not theirs. Reach the payee another way and release the method, then retry.',
      owes: 'the payee owes, as an earning was taken back after it had been paid. Cancel it; the next payout of all that is available to the payee pays that much less.',
      by_hand:
        'no provider pays to the payout method in use. Ask the payee for another one, then retry; or pay it by hand and mark it paid.',
      not_ready:
        'the provider says that the account cannot be paid. The payee must complete what it asks for; then retry.',
    },
  },
  fr: {
    afterHold: 'Ensuite, il est réessayé automatiquement.',
    asksFrom: (at) => `À approuver de nouveau à partir du ${at}`,
    asks: 'Il avait été approuvé pour l’ancien moyen : il n’est pas réessayé automatiquement, mais revient alors à l’approbation. Pour l’avoir plus tôt, redemandez l’approbation maintenant.',
    barred: (at, why) => `Il ne peut pas être réessayé automatiquement le ${at} : ${why}`,
    bars: {
      blocked: 'le bénéficiaire est bloqué. Débloquez-le, puis réessayez.',
      frozen:
        'le moyen de versement est gelé, car le bénéficiaire dit que le changement ne vient pas de lui. Joignez-le par une autre voie et libérez le moyen, puis réessayez.',
      owes: 'le bénéficiaire a une dette, car un gain a été repris après avoir été payé. Annulez-le ; le prochain versement de tout ce qui lui est disponible sera diminué d’autant.',
      by_hand:
        'aucun prestataire ne paie vers le moyen de versement utilisé. Demandez-en un autre au bénéficiaire, puis réessayez ; ou payez-le à la main et marquez-le payé.',
      not_ready:
        'le prestataire dit que le compte ne peut pas être payé. Le bénéficiaire doit fournir ce qu’il demande ; réessayez ensuite.',
    },
  },
};

/** What happens to a planned retry that something has come in the way of, and whose turn it is until then. `reason`: why it failed. */
export function retryMeetsStep(
  meets: RetryMeets,
  situation: Situation,
  reason: string,
  language: TeamLanguage,
): NextStep {
  const next = nextStepTexts[language];
  const of = texts[language];
  const { otherMethod, hold, holdBy, holdEnds = null } = situation;
  const savedAt = otherMethod?.savedAt ?? null;
  const saved = savedAt === null ? next.other.inUse : next.other.savedOn(savedAt);
  const say = (label: string, said: readonly (string | null)[], waitingOn: NextStep['waitingOn']) => ({
    label,
    nextStep: [reason, ...said].filter((text) => text !== null).join(' '),
    waitingOn,
  });
  switch (meets.kind) {
    case 'waits': {
      const held = next.onHold(hold ?? '', holdEnds);
      const by = holdBy ?? 'payout';
      const why = by === 'cooling_off' ? (otherMethod ? saved : null) : `${held}.`;
      const said = [why, holdEnding(by, holdEnds, language), of.afterHold];
      return say(holdEnds ? next.retriesAt(holdEnds) : held, said, holdEnds ? 'clock' : 'you');
    }
    case 'asks':
      return say(of.asksFrom(meets.at), [saved, of.asks], 'clock');
    case 'barred': {
      const said = [of.barred(meets.at, of.bars[meets.by])];
      return say(next.needsAttention(reason), said, meets.by === 'not_ready' ? 'payee' : 'you');
    }
  }
}
