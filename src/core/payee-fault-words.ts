import type { FaultName } from './fault-words.ts';
import { faultIn, filled, knownFault, methodFaultOf } from './fault-words.ts';
import type { Language } from './language.ts';
import { methodFaults } from './method-faults.ts';

/**
 * What can be wrong with a value that a payee sends, in Kreyòl, as it stands behind the name of its field; `{0}` is a fact. It is
 * everything that the calls of payees can answer; a test walks them.
 */
const kreyol: Partial<Record<FaultName, string>> = {
  value_missing: 'manke',
  value_text: 'dwe yon tèks',
  value_object: 'dwe yon lis non ak valè',
  value_empty: 'pa dwe vid',
  value_long: 'dwe gen {0} karaktè omaksimòm',
  value_many: 'dwe gen {0} eleman omaksimòm',
  value_least: 'dwe {0} oswa plis',
  value_most: 'dwe {0} oswa mwens',
  value_one_of: 'dwe youn nan sa yo: {0}',
  value_unknown_names: 'gen non yo pa konnen isit la: {0}',
  value_name: 'anba yon non ki {0}',
  value_not_valid: 'pa bon',
  kept: 'gen karaktè ki pa ka konsève',
  control: 'gen yon karaktè envizib ladan l: tape l ankò',
  web_address: 'pa ka gen adrès entènèt ladan l: ekri yon non, ak yon espas apre yon pwen',
  unseen: 'pa gen anyen moun ka wè: tape yon non',
  minor_units: 'dwe yon nonm antye an pi piti inite lajan an, 2^53 - 1 omaksimòm',
  least_amount: 'dwe omwen 1 nan pi piti inite lajan an',
  currency: 'dwe yon kòd ISO 4217 an majiskil, tankou USD',
  nothing_named: 'pa di anyen pou chanje',
  timezone: 'pa yon fizo orè tankou America/Port-au-Prince',
  platforms_email: 'se platfòm ki peye w la ki chanje sa: mande yo',
  page: 'dwe ant 1 ak {0}',
  cursor: 'pa yon kote nan lis sa a; pran nextCursor dènye paj la',
  parameter: 'pa yon paramèt apèl sa a; gen {0}',
  no_parameter: 'pa yon paramèt apèl sa a, ki pa pran okenn',
  two_methods: 'nonmen de mwayen peman',
  default_method: 'dwe default: peman an ale sou mwayen prensipal la',
};

/** A fault as a payee reads it; what is none of ours stays as it is. */
export function payeeFaultIn(message: string, language: Language): string {
  if (language !== 'ht') return faultIn(message, language);
  const method = methodFaultOf(message);
  if (method !== null) return methodFaults.ht[method];
  const known = knownFault(message);
  const words = known === null ? undefined : kreyol[known.name];
  // French is nearer to whoever reads Kreyòl than English.
  if (known === null || words === undefined) return faultIn(message, 'fr');
  return filled(
    words,
    known.facts.map((fact) => payeeFaultIn(fact, language)),
  );
}
