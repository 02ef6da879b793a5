import type { Language } from '../../core/language.ts';
import { payeeMailTexts } from '../../core/payee-mail-texts.ts';
import type { MailWords } from './mail.ts';
import { mailOf } from './mail.ts';

/** The mail with a payee's sign-in link. `minutes`: how long the link works. */
export function portalLinkMail(facts: {
  name: string;
  url: string;
  minutes: number;
  language: Language;
}): MailWords {
  const { name, url, minutes, language } = facts;
  const { hello, link } = payeeMailTexts[language];
  return mailOf({
    language,
    subject: link.subject(name),
    before: [hello(name), link.asked],
    link: { label: link.label, url },
    after: [link.works(minutes)],
  });
}
