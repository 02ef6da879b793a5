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
    'Nothing of this part is worth paying again: it is less than the smallest amount of the balance. Nothing was changed and no money moved.',
    'Decide keep, which closes it.',
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
    'Rien de cette part ne vaut d’être payé de nouveau : elle est inférieure au plus petit montant du solde. Rien n’a été changé et aucun argent n’a bougé.',
    'Décidez de la garder, ce qui clôt la question.',
  ],
} as const;
