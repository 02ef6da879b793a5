import type { TeamLanguage } from './language.ts';

/** What is wrong with a value of any field, as it stands behind the name of the field; `{0}` is a fact. */
export const valueFaults = {
  value_missing: { en: 'is missing', fr: 'il manque' },
  value_text: { en: 'must be a text', fr: 'doit être un texte' },
  value_number: { en: 'must be a number', fr: 'doit être un nombre' },
  value_whole: { en: 'must be a whole number', fr: 'doit être un nombre entier' },
  value_yes_or_no: { en: 'must be true or false', fr: 'doit être true ou false' },
  value_list: { en: 'must be a list', fr: 'doit être une liste' },
  value_object: {
    en: 'must be an object of names and values',
    fr: 'doit être un objet de noms et de valeurs',
  },
  value_day: {
    en: 'must be a day, such as 2026-11-27',
    fr: 'doit être un jour, comme 2026-11-27',
  },
  value_time: {
    en: 'must be a time with its zone, such as 2026-11-27T17:00:00Z',
    fr: 'doit être une heure avec son fuseau, comme 2026-11-27T17:00:00Z',
  },
  value_email: {
    en: 'must be an e-mail address, such as ana@example.com',
    fr: 'doit être une adresse e-mail, comme ana@example.com',
  },
  value_form: { en: 'is not written as it has to be', fr: 'n’est pas écrit comme il le faut' },
  value_empty: { en: 'must not be empty', fr: 'ne doit pas être vide' },
  value_short: {
    en: 'must have at least {0} characters',
    fr: 'doit avoir au moins {0} caractères',
  },
  value_long: {
    en: 'must have at most {0} characters',
    fr: 'doit avoir au plus {0} caractères',
  },
  value_few: { en: 'must have at least {0} entries', fr: 'doit avoir au moins {0} éléments' },
  value_many: { en: 'must have at most {0} entries', fr: 'doit avoir au plus {0} éléments' },
  value_least: { en: 'must be {0} or more', fr: 'doit être {0} ou plus' },
  value_most: { en: 'must be {0} or less', fr: 'doit être {0} ou moins' },
  value_multiple: { en: 'must be a multiple of {0}', fr: 'doit être un multiple de {0}' },
  value_exactly: { en: 'can only be {0}', fr: 'ne peut être que {0}' },
  value_one_of: { en: 'must be one of these: {0}', fr: 'doit être l’un de ceux-ci : {0}' },
  value_unknown_names: {
    en: 'has names that are not known here: {0}',
    fr: 'a des noms qui ne sont pas connus ici : {0}',
  },
  value_name: { en: 'stands under a name that {0}', fr: 'se trouve sous un nom qui {0}' },
  value_not_valid: { en: 'is not valid', fr: 'n’est pas valable' },
} as const satisfies Record<string, Readonly<Record<TeamLanguage, string>>>;
