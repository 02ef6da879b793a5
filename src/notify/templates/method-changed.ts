import type { Reader } from '../../core/language.ts';
import { payeeMailTexts } from '../../core/payee-mail-texts.ts';
import { momentIn } from '../../core/when.ts';
import type { MailWords } from './mail.ts';
import { mailOf } from './mail.ts';

/** The mail that tells a payee of a change. `method` null: the mail address was changed; `name` null: greeted without one. */
export function methodChangedMail(facts: {
  name: string | null;
  method: {
    type: string;
    masked: string;
    usableFrom: Date | null;
    part: 'default' | 'backup' | 'none';
  } | null;
  url: string;
  now: Date;
  reader: Reader;
}): MailWords {
  const { name, method, url, now, reader } = facts;
  const { language } = reader;
  const { hello, helloNobody, change, methods } = payeeMailTexts[language];
  const called = (type: string) => Object.entries(methods).find(([known]) => known === type)?.[1] ?? type;
  const isUsed = method?.part === 'default';
  const waits = isUsed && method.usableFrom && method.usableFrom > now ? method.usableFrom : null;
  const what = method
    ? [
        change.method[method.part](`${called(method.type)} ${method.masked}`),
        ...(waits ? [change.notBefore(momentIn(reader, waits))] : []),
      ]
    : [change.emailChanged];
  return mailOf({
    language,
    subject: method ? change.methodSubject[isUsed ? 'changed' : 'added'] : change.emailSubject,
    before: [name === null ? helloNobody : hello(name), what.join(' '), change.ifYou],
    link: { label: change.notMe, url },
    after: [change.whatItDoes],
  });
}
