import type { AlertTexts } from './alert-kinds.ts';
import type { AttemptState } from './attempt.ts';
import { formatMoney } from './money.ts';
import type { PayoutState } from './payout.ts';
import { shortageFr } from './short-words.ts';
import { providerName } from './provider-name.ts';
import { operatorMoment } from './when.ts';
import { whole } from './whole.ts';
import { counted } from './words.ts';

const states: Readonly<Record<PayoutState | AttemptState, string>> = whole({
  pending: 'en route',
  pending_approval: 'à approuver',
  approved: 'approuvé',
  queued: 'en préparation',
  sending: 'en cours d’envoi',
  sent: 'envoyé',
  held: 'retenu par le prestataire',
  unclaimed: 'non réclamé',
  completed: 'arrivé',
  failed: 'échoué',
  returned: 'revenu',
  declined: 'refusé',
  cancelled: 'annulé',
});

const unknown = ({ cause }: { readonly cause: string }) =>
  `Pas de réponse utilisable (${cause}). On ne sait pas si l’argent a bougé. Purser renvoie la même demande avec la même clé ; ne payez pas ces personnes autrement.`;

const money = (amount: string, currency: string) => formatMoney(BigInt(amount), currency, 'fr');

export const alertWordsFr: AlertTexts = {
  retry_not_possible: () =>
    'Il devait être réessayé et n’a pas pu l’être : le bénéficiaire est bloqué ou a une dette, le moyen de versement n’est pas utilisable ou n’est pas celui qui a été ' +
    'approuvé, ou une tentative précédente est en doute. Aucun argent n’a bougé. Regardez-le, puis réessayez.',
  retries_exhausted({ count, times, payouts }) {
    const more = count > payouts.length ? ` et ${count - payouts.length} de plus` : '';
    return (
      `${counted(count, 'versement a échoué', 'versements ont échoué')} ${times} fois pour une raison passagère ` +
      `(${payouts.join(', ')}${more}). Aucun argent n’a bougé, et plus rien n’est réessayé automatiquement. Corrigez la cause, puis réessayez.`
    );
  },
  key_expired: () =>
    'L’issue n’est toujours pas connue et le prestataire a oublié la clé : ce n’est pas renvoyé. ' +
    'Cherchez l’envoi par sa clé chez le prestataire, puis dites ce que vous avez trouvé, sur la page État. D’ici là, ne payez personne autrement.',
  several_at_provider: ({ count, ids }) =>
    `Le prestataire a ${count} paiements sous la référence de cet envoi (${ids}) : l’argent a pu partir plus d’une fois. ` +
    'Rien n’est renvoyé. Comparez-les avec le prestataire, puis dites lequel est le nôtre, sur la page État.',
  accepted_late: () =>
    'Le prestataire a accepté cet envoi après la fin de sa clé, et un appel précédent était resté sans réponse : il a pu prendre les deux. ' +
    'Demandez au prestataire s’il a un second lot sous cette clé avant de payer quoi que ce soit d’autre à ces personnes.',
  not_sent_yet: ({ tries, cause, unmoved }) =>
    `Le prestataire n’a pas pris cet envoi après ${tries} essais (${cause}). ${unmoved ? 'Aucun argent n’a bougé.' : 'On ne sait pas si l’argent a bougé.'} Purser continue de réessayer.`,
  outcome_unknown: unknown,
  refused_after_loss: unknown,
  bank_payout_failed: ({ payees, amount, currency, code, id }) =>
    `La banque du bénéficiaire ${payees} n’a pas pris ${money(amount, currency)}${code === null ? '' : ` (${code})`} : ${id}. L’argent est sur le ` +
    'compte du bénéficiaire chez le prestataire et n’est pas perdu ; les versements restent arrivés et rien n’est renvoyé. Demandez au bénéficiaire de ' +
    'corriger son compte bancaire chez le prestataire, qui paiera alors de nouveau.',
  item_of_another_submission: ({ key }) =>
    `Le prestataire liste sous ${key} un versement qui est parti dans un autre envoi.`,
  unknown_status: ({ raw, of }) =>
    of === 'payout'
      ? `Le prestataire dit « ${raw} », que Purser ne connaît pas. Le versement reste ouvert et Purser redemande.`
      : `Le prestataire dit « ${raw} » de cet envoi, ce que Purser ne connaît pas. L’envoi reste ouvert et Purser redemande.`,
  amount_mismatch: ({ listed, sent }) =>
    `Le prestataire liste ${listed} (unités mineures) là où ${sent} sont partis. Rien n’a été changé ; quelqu’un doit comparer.`,
  contradiction: ({ raw, state }) =>
    `Le prestataire dit ${raw}, mais le versement est ${states[state]}. Rien n’a été changé ; quelqu’un doit comparer.`,
  late_change_of_old_attempt: ({ before, now, state }) =>
    `Une tentative précédente, qui était « ${states[before]} », est maintenant « ${states[now]} » chez le prestataire, tandis que le versement est « ${states[state]} » par ailleurs. Comparez avant de payer quoi que ce soit : il a pu être payé deux fois.`,
  partly_returned({ part, amount, currency, why, booked }) {
    const because = why === null ? '' : ` (${why})`;
    const rest = booked
      ? 'Le versement reste arrivé, et la part est dans ce qui est disponible pour le bénéficiaire ; aucun paiement et aucune demande ne la paie de nouveau. Cherchez pourquoi elle est revenue, puis décidez : la payer de nouveau, ou la garder.'
      : 'La comptabilité le montre en entier, car le versement a été converti, ou est ici dans un autre état. Rien n’est renvoyé automatiquement : comparez avec le prestataire, et réglez la différence avec le bénéficiaire.';
    return `Une part est revenue : ${money(part, currency)} sur ${money(amount, currency)}${because}. ${rest}`;
  },
  sent_after_all: ({ batch, again }) =>
    again === null
      ? `On tenait ceci pour non envoyé, mais le prestataire nomme le lot ${batch}. ` +
        'Ses versements ne sont pas payés de nouveau avant que ce soit éclairci. Comparez avec le prestataire.'
      : `On tenait ceci pour non envoyé, mais le prestataire l’a comme lot ${batch}. ` +
        `${counted(again, 'versement a été réessayé depuis et peut être payé', 'versements ont été réessayés depuis et peuvent être payés')} deux fois : ` +
        'comparez les deux tentatives avec le prestataire, et reprenez ce qui a été payé en trop.',
  legacy_conflict: ({ line, importId, reason }) =>
    `La ligne ${line} de l’import ${importId} dit qu’un ancien système a payé ce que ce versement paie (${reason}). Comparez les deux avec le prestataire avant de payer quoi que ce soit d’autre.`,
  change_disputed({ underWay }) {
    const left =
      underWay === 0
        ? 'Rien n’est en route pour lui.'
        : `${counted(underWay, 'versement est déjà en route et ne peut pas être arrêté', 'versements sont déjà en route et ne peuvent pas être arrêtés')} par une suspension.`;
    return (
      `Un bénéficiaire dit qu’un changement de ses coordonnées de versement ne venait pas de lui. Plus rien ne lui est envoyé. ${left} ` +
      'Joignez-le par une voie sûre, mettez le bon moyen de versement, puis levez la suspension.'
    );
  },
  float_short: ({ provider, currency, ...amounts }) => {
    const [needed, there, shortfall] = [amounts.needed, amounts.there, amounts.shortfall].map(BigInt) as [
      bigint,
      bigint,
      bigint,
    ];
    return (
      `${shortageFr('Ce qui est en préparation ou approuvé', { currency, needed, there, shortfall })} ` +
      `Rien n’a été refusé pour cela ; le prestataire peut refuser d’envoyer. Approvisionnez le compte ${provider}.`
    );
  },
  schedule_not_sent: ({ provider, due, zone, why }) =>
    `L’échéance du ${operatorMoment(zone, new Date(due), 'fr')} n’a pas envoyé ce qui est approuvé par ${provider}. ${why.fr} Cela reste approuvé : approvisionnez le compte et payez ce qui est approuvé, ou laissez-le à la prochaine échéance.`,
  listed_twice: () =>
    'Le prestataire liste ce versement deux fois : l’argent a pu partir deux fois. Quelqu’un doit interroger le prestataire.',
  items_missing: ({ seen, of }) =>
    `Le prestataire a terminé cet envoi mais liste ${seen} versements sur ${of}. Les autres restent ouverts ; quelqu’un doit interroger le prestataire.`,
  not_recorded: () =>
    'Ce qui devait être écrit à ce sujet n’entrait pas dans la comptabilité : rien n’en a été écrit et aucun argent n’a bougé pour cela. ' +
    'Purser réessaie. Quelqu’un doit comparer avec le prestataire, et prévenir qui entretient Purser.',
  shared_account: ({ payees, type, masked, named }) =>
    `Pour information : ${payees} bénéficiaires sont payés sur le même compte ${type} ${masked} : ${named.join(', ')}` +
    `${payees > named.length ? ' et d’autres' : ''}. Si ce n’est pas voulu, suspendez-les et demandez.`,
  second_batch: ({ batch }) =>
    `Le prestataire nomme un second lot (${batch}) sous la clé d’un envoi qu’il a déjà accepté. L’argent a pu partir deux fois : interrogez le prestataire avant de payer quoi que ce soit d’autre à ces personnes.`,
  adoption_mismatch: ({ batch, detail }) =>
    `Le prestataire a le lot ${batch} sous notre clé, mais ce n’est pas ce qui a été envoyé (${detail}). ` +
    'Rien n’est renvoyé ; quelqu’un doit comparer.',
  mail_not_sent({ mail, why, expired }) {
    const what =
      expired === null
        ? `Le serveur d’e-mail n’a pas pris le message (${why}).`
        : `${counted(expired, 'e-mail a expiré', 'e-mails ont expiré')} avant de pouvoir partir.`;
    return `${what} L’e-mail ${mail} n’est pas parti à temps ; aucun argent n’est en jeu. Vérifiez SMTP_URL et MAIL_FROM, puis laissez les gens redemander.`;
  },
  mail_refused: ({ why }) =>
    `L’e-mail a été refusé (${why}) et abandonné ; aucun argent n’est en jeu. Vérifiez l’adresse de la personne qui devait le recevoir.`,
  reconcile_unanswered: ({ tries, cause }) =>
    `Le prestataire a été interrogé ${tries} fois sur ce lot, sans réponse exploitable (${cause}). Rien n’a été changé et rien n’est renvoyé ; Purser ` +
    'continue de demander, à intervalles plus longs. D’ici là, personne ne voit ce qui serait revenu sans avis : vérifiez l’état du service du prestataire et les identifiants.',
  reconciliation_mismatch: ({ count }) =>
    `${counted(count, 'écart', 'écarts')} entre le prestataire et Purser, sans correction possible. Rien n’y a été ` +
    'changé. Regardez les écarts du dernier rapprochement, et comparez avec le prestataire avant de payer de nouveau quoi que ce soit.',
  failure_rate: ({ provider, failed, ended, percent, most }) =>
    `${failed} tentatives sur ${ended} par ${providerName(provider)} des dernières 24 heures ont échoué (${String(percent).replace('.', ',')} %, plus de ${most} %). Aucun argent ` +
    'n’a bougé pour celles-là. Regardez pourquoi ces versements ont échoué : une cause commune tient le plus souvent à votre propre compte.',
  stuck_sending: ({ count }) =>
    `${counted(count, 'versement est', 'versements sont')} en route depuis plus d’une heure. Rien n’est envoyé deux fois entre-temps, et Purser redemande ; ne payez pas ` +
    'ces personnes autrement. Regardez ce que le prestataire dit du lot.',
};
