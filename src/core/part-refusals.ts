/** Noes about a part of a completed payment that came back. */
export const partRefusals = {
  nothing_came_back: [
    409,
    'Nothing of this payout came back that somebody must still decide about. Nothing was changed.',
    'See the payout: who decided, and when.',
  ],
  part_differs: [
    409,
    'Another amount came back than the one that was seen. Nothing was changed and no money moved.',
    'See the payout as it is now, and decide about that amount.',
  ],
  part_not_owed: [
    409,
    'Nothing of this part is owed to the payee: what it was paid for was taken back, or it is less than the smallest amount of the balance. Nothing was changed and no money moved.',
    'Decide keep: it counts against what was taken back, and nothing more is charged.',
  ],
  part_recovered: [
    409,
    'An earning of this payout was taken back and another payout has recovered it, so the payee has paid this part already. Nothing was changed and no money moved.',
    'Decide pay_again; take that earning back if the payee is not to have it.',
  ],
} as const;

/** The same in French: what it is called, what happened, what to do. */
export const partRefusalsFr = {
  nothing_came_back: [
    'Rien n’est revenu',
    'Rien de ce versement n’est revenu dont quelqu’un doive encore décider. Rien n’a été changé.',
    'Regardez le versement : qui a décidé, et quand.',
  ],
  part_differs: [
    'Autre montant revenu',
    'Le montant revenu n’est pas celui qui a été vu. Rien n’a été changé et aucun argent n’a bougé.',
    'Regardez le versement tel qu’il est maintenant, et décidez de ce montant-là.',
  ],
  part_not_owed: [
    'Rien à payer de nouveau',
    'Rien de cette part n’est dû au bénéficiaire : ce qu’elle payait a été repris, ou elle est inférieure au plus petit montant du solde. Rien n’a été changé et aucun argent n’a bougé.',
    'Décidez de la garder : elle compte contre ce qui a été repris, et rien de plus n’est retenu.',
  ],
  part_recovered: [
    'Part déjà récupérée',
    'Un gain de ce versement a été repris et un autre versement l’a récupéré : le bénéficiaire a donc déjà rendu cette part. Rien n’a été changé et aucun argent n’a bougé.',
    'Décidez de la payer de nouveau ; reprenez ce gain-là si le bénéficiaire ne doit pas l’avoir.',
  ],
} as const;
