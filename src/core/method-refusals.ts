/** Every no about payout methods: its HTTP status, what happened, and what to do. */
export const methodRefusals = {
  method_not_found: [
    404,
    'There is no such payout method. Nothing was changed.',
    'Look at the list of payout methods; one that was taken out of use is added again.',
  ],
  method_is_default: [
    409,
    'This is the payout method in use. Nothing was changed.',
    'Make another one the default first.',
  ],
  method_frozen: [
    409,
    'This payout method is frozen, as the payee said that it was not theirs. Nothing was changed.',
    'Use another one; the team releases it when it is right after all.',
  ],
  method_not_frozen: [
    409,
    'This payout method is not frozen. Nothing was changed.',
    'See its status; a cool-off ends by the clock.',
  ],
  too_many_methods: [
    409,
    'There are as many payout methods as one payee may have. Nothing was changed.',
    'Take one out of use first.',
  ],
  too_many_changes: [
    429,
    'Payout methods of this payee were changed as often today as they may be. Nothing was changed.',
    'Change it tomorrow; the day begins at midnight UTC, as Retry-After says.',
  ],
} as const;
