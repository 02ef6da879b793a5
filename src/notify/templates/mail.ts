import { escapeHtml } from '../../core/html.ts';
import type { Language } from '../../core/language.ts';
import { payeeMailTexts } from '../../core/payee-mail-texts.ts';

/** What a mail says. */
export interface MailWords {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail of paragraphs, with at most one link between them. Everything is plain text here and escaped for HTML. */
export function mailOf(content: {
  language: Language;
  subject: string;
  before: readonly string[];
  link?: { label: string; url: string };
  after?: readonly string[];
}): MailWords {
  const { language, before, link, after = [] } = content;
  const { colon } = payeeMailTexts[language];
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;
  return {
    subject: oneLine(content.subject),
    text: `${[...before, ...(link ? [`${link.label}${colon}\n${link.url}`] : []), ...after].join('\n\n')}\n`,
    html: [
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body>`,
      ...before.map((text) => paragraph(text)),
      ...(link ? [`<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`] : []),
      ...after.map((text) => paragraph(text)),
      '</body></html>',
    ].join('\n'),
  };
}

/** A name must not begin a header of its own. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}
