import type { Language } from '../../src/core/language.ts';
import { methodFaults } from '../../src/core/method-faults.ts';
import { type MethodInput, readMethod } from '../../src/core/method-input.ts';
import { asSentence } from './form-fields.ts';

/** Something right for what can be wrong before something else: each field is judged as if those before it were right. */
const right = { accountHolder: 'Ana Gil', accountNumber: '0000', routingNumber: '0000' };

/** What is wrong with a payout method, by field, before anything is sent: the same judgement as the API's. */
export function methodFaultsOf(given: MethodInput, language: Language): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {};
  const method = { ...given };
  for (;;) {
    const read = readMethod(method);
    if (!('code' in read) || read.path in faults) return faults;
    faults[read.path] = asSentence(methodFaults[language][read.code]);
    Object.assign(method, Object.fromEntries(Object.entries(right).filter(([path]) => path === read.path)));
  }
}
