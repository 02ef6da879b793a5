import type { Reader } from '../../core/language.ts';
import { payeeMailTexts } from '../../core/payee-mail-texts.ts';
import { momentIn } from '../../core/when.ts';
import type { MailWords } from './mail.ts';
import { mailOf } from './mail.ts';

/** The mail that tells a payee of a change. `method` null: the mail address was changed. */
export function methodChangedMail(facts: {
  name: string;
  method: { type: string; masked: string; usableFrom: Date | null } | null;
  url: string;
  now: Date;
  reader: Reader;
}): MailWords {
  const { name, method, url, now, reader } = facts;
  const { language } = reader;
  const { hello, change, methods } = payeeMailTexts[language];
  const called = (type: string) => Object.entries(methods).find(([known]) => known === type)?.[1] ?? type;
  const waits = method?.usableFrom && method.usableFrom > now ? momentIn(reader, method.usableFrom) : null;
  const what = method
    ? [change.goesTo(`${called(method.type)} ${method.masked}`), ...(waits ? [change.notBefore(waits)] : [])]
    : [change.emailChanged];
  return mailOf({
    language,
    subject: method ? change.methodSubject : change.emailSubject,
    before: [hello(name), what.join(' '), change.ifYou],
    link: { label: change.notMe, url },
    after: [change.whatItDoes],
  });
}
