import type { TeamLanguage } from './language.ts';
import type { MethodFaultCode } from './method-faults.ts';
import { methodFaults } from './method-faults.ts';
import { valueFaults } from './value-faults.ts';

/** What can be wrong with a value, as it stands behind the name of its field; `{0}` is a fact. */
const faults = {
  ...valueFaults,
  kept: {
    en: 'holds characters that cannot be kept',
    fr: 'contient des caractères qui ne peuvent pas être gardés',
  },
  control: {
    en: 'holds an invisible control character: type it again',
    fr: 'contient un caractère de contrôle invisible : tapez-le de nouveau',
  },
  unseen: {
    en: 'has nothing that can be seen: type a name',
    fr: 'ne contient rien de visible : tapez un nom',
  },
  web_address: {
    en: 'must not hold a web address: write a name, with a blank after a full stop',
    fr: 'ne doit pas contenir d’adresse web : écrivez un nom, avec une espace après un point',
  },
  time_range: {
    en: 'must be a time in the years {0} to {1}, in UTC',
    fr: 'doit être une heure dans les années {0} à {1}, en UTC',
  },
  unseen_text: {
    en: 'has nothing that can be seen: write it out',
    fr: 'ne contient rien de visible : écrivez-le',
  },
  source_type: {
    en: 'must start with a letter: letters, digits, _ . -; at most 40',
    fr: 'doit commencer par une lettre : lettres, chiffres, _ . - ; 40 au plus',
  },
  source_type_own: {
    en: 'names earnings that Purser records itself: take another name',
    fr: 'nomme des gains que Purser enregistre lui-même : prenez un autre nom',
  },
  cycle_id: {
    en: 'must be letters, digits, _ . -; at most 100',
    fr: 'doit être fait de lettres, chiffres, _ . - ; 100 au plus',
  },
  minor_units: {
    en: 'must be an integer in minor units, at most 2^53 - 1',
    fr: 'doit être un entier en unités mineures, 2^53 - 1 au plus',
  },
  minor_units_any: {
    en: 'must be an integer in minor units',
    fr: 'doit être un entier en unités mineures',
  },
  least_amount: { en: 'must be at least 1 minor unit', fr: 'doit être d’au moins 1 unité mineure' },
  currency: {
    en: 'must be an ISO 4217 code in capitals, such as USD',
    fr: 'doit être un code ISO 4217 en majuscules, comme USD',
  },
  nothing_named: { en: 'names nothing to change', fr: 'ne nomme rien à changer' },
  stripe_account: {
    en: 'must be the id of a connected Stripe account, such as acct_1A2b3C',
    fr: 'doit être l’identifiant d’un compte Stripe connecté, comme acct_1A2b3C',
  },
  account_kind: {
    en: 'account goes with the type stripe alone',
    fr: 'account ne va qu’avec le type stripe',
  },
  earning_id: {
    en: 'is not an external id of an earning',
    fr: 'n’est pas l’identifiant externe d’un gain',
  },
  checksum: { en: 'is not a checksum of a preview', fr: 'n’est pas l’empreinte d’une simulation' },
  parameter: {
    en: 'is not a parameter of this call; there is {0}',
    fr: 'n’est pas un paramètre de cet appel ; il y a {0}',
  },
  no_parameter: {
    en: 'is not a parameter of this call; this call takes none',
    fr: 'n’est pas un paramètre de cet appel, qui n’en prend aucun',
  },
  provider_id: {
    en: 'must be an id of the provider: letters, digits, - and _; at most 128',
    fr: 'doit être un identifiant du prestataire : lettres, chiffres, - et _ ; 128 au plus',
  },
  evidence: {
    en: 'must say in at least {0} characters where you looked and what you found',
    fr: 'doit dire en au moins {0} caractères où vous avez regardé et ce que vous avez trouvé',
  },
  states: {
    en: 'must be of {0}; several with commas',
    fr: 'doit être parmi {0} ; plusieurs séparés par des virgules',
  },
  rate: {
    en: 'must be a decimal above zero with a point, such as 132.5; at most 18 digits',
    fr: 'doit être un nombre décimal au-dessus de zéro avec un point, comme 132.5 ; 18 chiffres au plus',
  },
  same_currency: {
    en: 'must be another currency than from',
    fr: 'doit être une autre devise que celle de départ',
  },
  in_future: { en: 'is in the future', fr: 'est dans l’avenir' },
  both_currencies: {
    en: 'goes with from: name both currencies, or none',
    fr: 'va avec l’autre devise : nommez les deux, ou aucune',
  },
  scope_part: {
    en: 'must be the first part of a path, such as earnings',
    fr: 'doit être la première partie d’un chemin, comme earnings',
  },
  no_part: {
    en: 'is no part of the API; one of {0}',
    fr: 'n’est pas une partie de l’API ; il y a {0}',
  },
  not_in_future: { en: 'must be in the future', fr: 'doit être dans l’avenir' },
  seal: {
    en: 'must be SEQ:HASH, as verify and the log line audit_sealed say it',
    fr: 'doit être SEQ:HASH, tel que la vérification et la ligne audit_sealed le disent',
  },
  approval_hash: {
    en: 'must be the approvalHash of a payout',
    fr: 'doit être l’empreinte d’approbation d’un versement',
  },
  one_payout: { en: 'is of one payout: name one', fr: 'est celle d’un seul versement : nommez-en un' },
  timezone: {
    en: 'is not a time zone such as America/Port-au-Prince',
    fr: 'n’est pas un fuseau horaire comme America/Port-au-Prince',
  },
  platforms_email: {
    en: 'is changed by the platform that pays you: ask them',
    fr: 'est changé par la plateforme qui vous paie : demandez-lui',
  },
  sandbox_path: {
    en: 'must start with / and have at most 200 visible characters',
    fr: 'doit commencer par / et avoir au plus 200 caractères visibles',
  },
  page: { en: 'must be 1 to {0}', fr: 'doit être de 1 à {0}' },
  cursor: {
    en: 'is not a cursor of this list; take nextCursor of the last page',
    fr: 'n’est pas un curseur de cette liste ; prenez nextCursor de la dernière page',
  },
  rows_or_csv: { en: 'takes either rows or csv', fr: 'prend soit rows, soit csv' },
  table_size: {
    en: 'takes at most {0} rows, {1} columns, {2} cells and {3} characters; pay a larger file with purser pay FILE --cycle ID',
    fr: 'prend au plus {0} lignes, {1} colonnes, {2} cellules et {3} caractères ; payez un fichier plus grand avec purser pay FICHIER --cycle ID',
  },
  table_shape: {
    en: 'takes either csv or header and rows with cells that are texts; {0}',
    fr: 'prend soit csv, soit header et rows dont les cellules sont des textes ; {0}',
  },
  lines_own: {
    en: 'must name a line of its own for each row of the file, and no line twice',
    fr: 'doit donner à chaque ligne du fichier sa propre place, et aucune deux fois',
  },
  two_methods: { en: 'names two methods', fr: 'nomme deux moyens de versement' },
  default_method: {
    en: 'must be default: the payment goes to the method in use',
    fr: 'doit être default : le versement va vers le moyen par défaut',
  },
  same_password: { en: 'must be another one', fr: 'doit être un autre' },
  cron_parts: {
    en: 'must have five parts: {0}',
    fr: 'doit avoir cinq parties : minute, heure, jour du mois, mois, jour de la semaine ; chaque vendredi à 17:00 s’écrit 0 17 * * 5',
  },
  cron_minute: {
    en: 'must name one minute, such as 0, as runs come once an hour at most',
    fr: 'doit nommer une seule minute, comme 0, car une échéance a lieu une fois par heure au plus',
  },
  cron_never: { en: 'names a day that never comes', fr: 'nomme un jour qui n’arrive jamais' },
  cron_unreadable: {
    en: 'cannot be read ({0}). It has five parts: {1}',
    fr: 'ne se lit pas. Il y a cinq parties : minute, heure, jour du mois, mois, jour de la semaine ; chaque vendredi à 17:00 s’écrit 0 17 * * 5',
  },
  paid_no_payout: {
    en: 'names no payout: its id or its reference is missing',
    fr: 'ne nomme pas de versement : il manque son identifiant ou sa référence',
  },
  paid_no_reference: {
    en: 'has no payment reference, so nothing says that it was paid',
    fr: 'n’a pas de référence de paiement : rien ne dit qu’il a été payé',
  },
  paid_amount_missing: { en: 'amount "{0}" is missing', fr: 'montant « {0} » : il manque' },
  paid_amount_not_a_number: {
    en: 'amount "{0}" is no number such as 1250.00',
    fr: 'montant « {0} » : ce n’est pas un nombre comme 1250.00',
  },
  paid_amount_negative: {
    en: 'amount "{0}" is below zero',
    fr: 'montant « {0} » : il est au-dessous de zéro',
  },
  paid_amount_zero: { en: 'amount "{0}" is zero', fr: 'montant « {0} » : il est nul' },
  paid_amount_too_many_decimals: {
    en: 'amount "{0}" has more decimals than its currency',
    fr: 'montant « {0} » : il a plus de décimales que sa devise',
  },
  paid_amount_too_large: { en: 'amount "{0}" is too large', fr: 'montant « {0} » : il est trop grand' },
  paid_currency_unknown: {
    en: 'amount "{0}" has a currency that is not known',
    fr: 'montant « {0} » : sa devise n’est pas connue',
  },
  paid_in_future: {
    en: 'paymentDate {0} is in the future',
    fr: 'la date du paiement, {0}, est dans l’avenir',
  },
  legacy_rows: {
    en: 'has more than {0} rows; send them as rows in parts, or use purser import legacy',
    fr: 'a plus de {0} lignes ; envoyez-les en rows par parts, ou prenez purser import legacy',
  },
  earning_payee_missing: {
    en: 'There is no such payee; create it first.',
    fr: 'Ce bénéficiaire n’existe pas ; créez-le d’abord.',
  },
  earning_nothing_left: {
    en: 'The fee leaves nothing to pay.',
    fr: 'Les frais ne laissent rien à payer.',
  },
  earning_cycle_missing: {
    en: 'There is no such cycle; create it first.',
    fr: 'Ce cycle n’existe pas ; créez-le d’abord.',
  },
  earning_source_own: {
    en: 'Purser records earnings of this source type itself; send it under another one.',
    fr: 'Purser enregistre lui-même les gains de ce type ; envoyez-le sous un autre.',
  },
  earning_cycle_closed: { en: 'This cycle is closed.', fr: 'Ce cycle est clos.' },
  earning_two_addresses: {
    en: 'Another item of this request gives this payee another address; send one address per payee.',
    fr: 'Une autre ligne de cette demande donne à ce bénéficiaire une autre adresse ; envoyez une adresse par bénéficiaire.',
  },
  rows_per_call: {
    en: 'holds {0} rows; one call takes {1}: send it in parts',
    fr: 'contient {0} lignes ; un appel en prend {1} : envoyez-le en plusieurs parts',
  },
} as const satisfies Record<string, Readonly<Record<TeamLanguage, string>>>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[];

/** What is wrong, in English, in which faults are made. */
export function fault(name: FaultName, ...facts: readonly (string | number)[]): string {
  return filled(faults[name].en, facts.map(String));
}

/** The same fault in another language; what is none of ours stays as it is. */
export function faultIn(message: string, language: TeamLanguage): string {
  if (language === 'en') return message;
  const method = methodFaultOf(message);
  if (method !== null) return methodFaults[language][method];
  const known = knownFault(message);
  if (known === null) return message;
  // A fact can hold a fault itself, such as the size of a table.
  return filled(
    faults[known.name][language],
    known.facts.map((fact) => faultIn(fact, language)),
  );
}

/** A fault of ours by its English words: its name and facts; null: it is none. */
export function knownFault(message: string): { name: FaultName; facts: readonly string[] } | null {
  for (const { form, name } of known) {
    const facts = form.exec(message)?.slice(1);
    if (facts) return { name, facts };
  }
  return null;
}

/** What is wrong with a payout method, by its English words; null: it is another fault. */
export function methodFaultOf(message: string): MethodFaultCode | null {
  return methodCodes.get(message) ?? null;
}

const methodCodes = new Map(
  Object.entries(methodFaults.en).map(([code, english]) => [english, code as MethodFaultCode]),
);

/** Each English form with the places of its facts; one without facts stands before one that it would fit. */
const known = faultNames
  .toSorted((one, other) => Number(faults[one].en.includes('{0}')) - Number(faults[other].en.includes('{0}')))
  .map((name) => ({ form: formOf(faults[name].en), name }));

function formOf(english: string): RegExp {
  const literal = english
    .split(/\{\d\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${literal.join('(.*)')}$`, 's');
}

/** Words with their facts in place. */
export function filled(words: string, facts: readonly string[]): string {
  return facts.reduce((text, fact, at) => text.replace(`{${at}}`, () => fact), words);
}
