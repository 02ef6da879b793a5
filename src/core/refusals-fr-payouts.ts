import { partRefusalsFr } from './part-refusals.ts';

/** Noes about payouts, methods, balances and rates in French: what it is called, what happened, what to do. See refusals-fr.ts. */
export const payoutRefusalsFr = {
  payout_not_found: [
    'Versement introuvable',
    'Ce versement n’existe pas. Rien n’a été changé.',
    'Vérifiez l’identifiant du versement (po_…) ou la référence.',
  ],
  payee_not_found: [
    'Bénéficiaire introuvable',
    'Ce bénéficiaire n’existe pas. Rien n’a été changé.',
    'Vérifiez l’identifiant du bénéficiaire ; créez d’abord le bénéficiaire.',
  ],
  payee_blocked: [
    'Bénéficiaire bloqué',
    'Ce bénéficiaire est bloqué : rien ne lui est versé. Rien n’a été changé.',
    'La plateforme le débloque ; ce qu’il a gagné reste à lui.',
  ],
  payee_not_on_hold: [
    'Bénéficiaire non suspendu',
    'Ce bénéficiaire n’est pas suspendu. Rien n’a été changé.',
    'Regardez son état ; un bénéficiaire bloqué n’est pas suspendu : débloquez-le.',
  ],
  payee_owes: [
    'Dette du bénéficiaire',
    'Le bénéficiaire a une dette : un gain a été repris après avoir été payé. Rien n’a été changé et aucun argent n’a bougé.',
    'Demandez un versement de tout ce qui lui est disponible ; il sera diminué d’autant.',
  ],
  method_not_found: [
    'Moyen de versement introuvable',
    'Ce moyen de versement n’existe pas. Rien n’a été changé.',
    'Regardez la liste des moyens de versement ; ajoutez de nouveau celui qui a été retiré.',
  ],
  method_is_default: [
    'Moyen de versement par défaut',
    'C’est le moyen de versement par défaut. Rien n’a été changé.',
    'Choisissez d’abord un autre moyen par défaut.',
  ],
  method_frozen: [
    'Moyen de versement gelé',
    'Ce moyen de versement est gelé, car le bénéficiaire a dit qu’il n’était pas à lui. Rien n’a été changé.',
    'Utilisez-en un autre ; l’équipe le libère s’il est bon malgré tout.',
  ],
  method_not_frozen: [
    'Moyen de versement pas gelé',
    'Ce moyen de versement n’est pas gelé. Rien n’a été changé.',
    'Regardez son état ; un délai de sécurité prend fin automatiquement.',
  ],
  too_many_methods: [
    'Trop de moyens de versement',
    'Ce bénéficiaire a déjà autant de moyens de versement que possible. Rien n’a été changé.',
    'Retirez-en un d’abord.',
  ],
  too_many_changes: [
    'Trop de changements aujourd’hui',
    'Les moyens de versement de ce bénéficiaire ont été changés aujourd’hui aussi souvent que possible. Rien n’a été changé.',
    'Changez-les demain ; le jour commence à minuit UTC, comme le dit Retry-After.',
  ],
  method_not_approved: [
    'Moyen de versement non approuvé',
    'Le moyen de versement n’est pas celui qui a été approuvé. Rien n’a été changé et aucun argent n’a bougé.',
    'Redemandez l’approbation ; une fois approuvé de nouveau, le versement va vers le moyen actuel.',
  ],
  payout_method_missing: [
    'Moyen de versement manquant',
    'Il n’y a aucun moyen de versement vers lequel payer. Rien n’a été changé.',
    'Ajoutez d’abord un moyen de versement, puis recommencez.',
  ],
  no_payout_method: [
    'Aucun moyen de versement',
    'Ce bénéficiaire n’a aucun moyen de versement. Rien n’a été changé.',
    'Donnez-lui d’abord un moyen de versement.',
  ],
  nothing_earned: [
    'Rien à verser',
    'Il n’y a aucun solde à verser. Rien n’a été changé.',
    'Recommencez quand il y aura eu un gain.',
  ],
  currency_needed: [
    'Devise à préciser',
    'Il y a des soldes en plusieurs devises. Rien n’a été changé.',
    'Nommez la devise à verser.',
  ],
  below_minimum: [
    'Moins que le montant minimal',
    'Ce qui est disponible est inférieur au montant minimal d’un versement. Rien n’a été changé et aucun argent n’a bougé.',
    'Regardez ce qui manque, et recommencez quand il y aura assez.',
  ],
  amount_outside_limits: [
    'Montant hors limites',
    'Ce montant sort des limites d’un versement. Rien n’a été changé et aucun argent n’a bougé.',
    'Payez-le en plusieurs fois, ou faites changer MIN_PAYOUT_AMOUNT_CENTS et MAX_PAYOUT_AMOUNT_CENTS sur le serveur.',
  ],
  request_in_flight_already: [
    'Demande déjà en cours',
    'Un versement a déjà été demandé et il est encore en cours. Aucun second n’a été créé et rien n’a été changé.',
    'Suivez le versement en cours ; recommencez quand il sera terminé.',
  ],
  below_platform_minimum: [
    'Moins que le minimum de la plateforme',
    'Un minimum personnel n’est jamais inférieur à celui de la plateforme. Rien n’a été changé.',
    'Donnez un montant plus élevé, ou n’en donnez pas pour suivre la plateforme.',
  ],
  rate_missing: [
    'Taux manquant',
    'On ne connaît aucun taux de la devise du solde vers celle du versement. Rien n’a été changé et aucun argent n’a bougé.',
    'Saisissez un taux pour exactement cette paire, dans ce sens ; un taux n’est jamais inversé.',
  ],
  rate_too_old: [
    'Taux trop ancien',
    'Le dernier taux de cette paire est plus ancien qu’il n’est permis. Rien n’a été changé et aucun argent n’a bougé.',
    'Saisissez un taux du jour, ou demandez un versement dans la devise du solde.',
  ],
  rate_changed: [
    'Taux modifié',
    'Le taux n’est plus celui du devis. Rien n’a été changé et aucun argent n’a bougé.',
    'Regardez le nouveau montant, puis recommencez.',
  ],
  conversion_out_of_range: [
    'Montant converti hors limites',
    'Une fois converti, le montant est trop petit pour être payé ou trop grand pour être compté. Rien n’a été changé et aucun argent n’a bougé.',
    'Payez dans la devise du solde, ou attendez qu’il y ait davantage.',
  ],
  currency_not_taken: [
    'Devise non acceptée',
    'Le moyen de versement n’accepte pas cette devise. Rien n’a été changé et aucun argent n’a bougé.',
    'Choisissez une devise qu’il accepte, ou donnez un autre moyen de versement.',
  ],
  amount_not_whole: [
    'Montant pas assez rond',
    'Le moyen de versement accepte moins de décimales de cette devise que le montant n’en a. Rien n’a été changé et aucun argent n’a bougé.',
    'Recommencez quand le solde sera rond, choisissez une autre devise, ou donnez un autre moyen de versement.',
  ],
  statement_differs: [
    'Relevé différent',
    'Ce relevé a déjà été enregistré avec d’autres données. Rien n’a été changé et aucun argent n’a bougé.',
    'Comparez avec ce qui a été enregistré ; donnez un autre identifiant de relevé à un autre montant.',
  ],
  changed_since_seen: [
    'Modifié depuis',
    'Le versement n’est plus ce qui a été vu. Rien n’a été approuvé et rien n’a été changé.',
    'Regardez de nouveau le versement, puis approuvez-le tel qu’il est maintenant.',
  ],
  method_not_in_use: [
    'Autre moyen utilisé',
    'Le moyen de versement indiqué n’est pas celui qui est utilisé. Rien n’a été demandé et aucun argent n’a bougé.',
    'Choisissez-le d’abord comme moyen utilisé, ou n’en indiquez aucun pour être payé par celui qui est utilisé.',
  ],
  own_request: [
    'Votre propre demande',
    'Personne n’approuve ce qu’il a demandé lui-même. Rien n’a été changé.',
    'Laissez quelqu’un d’autre l’approuver.',
  ],
  own_redirect: [
    'Destination changée par vous',
    'Vous avez changé la destination de ce versement après la demande, et personne n’approuve cela seul. Rien n’a été changé et aucun argent n’a bougé.',
    'Laissez quelqu’un d’autre vérifier le nouveau moyen de versement et l’approuver.',
  ],
  approved_once: [
    'Déjà approuvé par vous',
    'Vous l’avez déjà approuvé ; son montant demande un second approbateur. Rien n’a été changé.',
    'Laissez quelqu’un d’autre l’approuver aussi.',
  ],
  payout_on_hold: [
    'Versement suspendu',
    'Ce versement est suspendu. Rien n’a été changé et aucun argent n’a bougé.',
    'Regardez pourquoi et jusqu’à quand : la suspension prend fin automatiquement, ou un opérateur la lève.',
  ],
  not_approved: [
    'Pas approuvé',
    'Ce versement n’a pas été approuvé. Rien n’a été changé et aucun argent n’a bougé.',
    'Approuvez-le d’abord.',
  ],
  in_hand_export: [
    'Remis pour être payé à la main',
    'Ce versement est dans un fichier remis pour être payé à la main : quelqu’un est peut-être en train de le payer. Rien n’a été changé.',
    'Assurez-vous que plus personne ne le paie, dites-le et recommencez ; ou marquez-le payé.',
  ],
  nothing_to_export: [
    'Rien à exporter',
    'Aucun versement approuvé n’attend d’être payé ainsi à la main, en dehors de ce qui est suspendu ou déjà exporté. Rien n’a été exporté et rien n’a été changé.',
    'Regardez ce qui attend d’être payé à la main ; ce qui a déjà été remis peut être exporté de nouveau.',
  ],
  not_arrived: [
    'Pas arrivé',
    'Ce versement n’est pas arrivé, ou est revenu : il n’a pas de reçu. Rien n’a été changé.',
    'Regardez son état et la suite ; le relevé dit de quoi il est fait.',
  ],
  not_yours_to_fix: [
    'Rien à corriger ici',
    'Ce versement n’attend aucun changement du bénéficiaire. Rien n’a été changé et aucun argent n’a bougé.',
    'Regardez à qui le tour ; où va l’argent désormais se change sous les moyens de versement.',
  ],
  same_method_failed: [
    'Même moyen de versement',
    'Ce versement n’a pas abouti vers ce moyen de versement, et y échouerait encore. Rien n’a été changé et aucun argent n’a bougé.',
    'Donnez une autre adresse, ou choisissez un autre moyen de versement.',
  ],
  never_approved: [
    'Sans approbation',
    'Ce versement fait partie d’un cycle, qui n’a pas besoin d’approbation. Rien n’a été changé.',
    'Réessayez-le.',
  ],
  not_paid_by_hand: [
    'Pas payé à la main',
    'Ce versement n’a pas été payé à la main, il n’est donc pas repris à la main. Rien n’a été changé.',
    'Ce qu’un prestataire a payé revient par le prestataire.',
  ],
  reference_came_back: [
    'Référence déjà revenue',
    'Ce versement avait été marqué payé avec cette référence, et ce paiement est revenu. Rien n’a été changé.',
    'S’il a été payé de nouveau, donnez la référence du nouveau paiement.',
  ],
  ...partRefusalsFr,
  legacy_payout: [
    'Versement d’un ancien système',
    'Un ancien système a fait ce versement ; Purser ne fait que le compter. Rien n’a été changé et aucun argent n’a bougé.',
    'Ce qu’il n’a pas payé est payé avec un cycle ; ce qu’il en est advenu arrive avec un rapport plus récent du prestataire.',
  ],
  payout_in_progress: [
    'Versement en route',
    'Ce versement est en route, ou son issue n’est pas encore connue. Il n’a pas été renvoyé.',
    'Attendez l’issue ; Purser continue d’interroger le prestataire.',
  ],
  several_cycles: [
    'Plusieurs cycles',
    'Ces versements sont de cycles différents. Rien n’a été changé.',
    'Réessayez les versements d’un cycle à la fois.',
  ],
  already_processed: ['Déjà fait', 'C’est déjà fait. Rien n’a été changé.', 'Regardez où cela en est.'],
} as const;
