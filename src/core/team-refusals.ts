/** Noes about who leaves the team. */
export const teamRefusals = {
  last_owner: [
    409,
    'This is the last owner. Nothing was changed.',
    'Make somebody else an owner first, then repeat this.',
  ],
  keys_undecided: [
    409,
    'This person made API keys that still work. Nothing was changed.',
    'Repeat this with keys: "revoke", which ends them at once, or keys: "keep". A program that uses one is refused once it is revoked.',
  ],
} as const;

/** The same in French: what it is called, what happened, what to do. */
export const teamRefusalsFr = {
  last_owner: [
    'Dernier propriétaire',
    'C’est le dernier propriétaire. Rien n’a été changé.',
    'Nommez d’abord un autre propriétaire, puis recommencez.',
  ],
  keys_undecided: [
    'Clés d’API à régler',
    'Cette personne a créé des clés d’API qui fonctionnent encore. Rien n’a été changé.',
    'Dites si elles doivent être révoquées ou gardées, puis recommencez. Un programme qui en utilise une est refusé dès qu’elle est révoquée.',
  ],
} as const;
