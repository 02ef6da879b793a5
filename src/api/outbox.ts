import { z } from 'zod';
import { telling } from '../core/told.ts';
import { readMail } from '../actions/mail.ts';
import { listMails } from '../store/mail.ts';
import { mailView, presentMail, presentWholeMail, wholeMailView } from '../wire/mail.ts';
import { pageOf, pageQuery } from '../wire/paging.ts';
import { no } from '../wire/problem.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import { ok, route } from './route.ts';

const noSuchMail = telling(no('not_found'), {
  en: {
    message: 'There is no such mail. Nothing was changed.',
    action: 'Check the mail id (ml_…); the outbox lists it.',
  },
  fr: {
    message: 'Cet e-mail n’existe pas. Rien n’a été changé.',
    action: 'Vérifiez l’identifiant de l’e-mail (ml_…) ; la liste des e-mails le montre.',
  },
});

export const outboxRoutes = [
  route({
    method: 'GET',
    path: '/outbox',
    right: 'own',
    summary: 'Lists the mails of this Purser, newest first, without their bodies and with masked addresses.',
    answer: pageOfView(mailView),
    query: pageQuery,
    async handle(deps, { query: { limit, cursor } }) {
      const now = deps.now();
      const rows = await listMails(deps.db, limit + 1, cursor ?? null);
      return ok(pageOf(rows, limit, (mail) => presentMail(mail, now)));
    },
  }),
  route({
    method: 'GET',
    path: '/outbox/:id',
    right: 'own',
    stepUp: true,
    summary: 'Shows one mail as it is, with the links in it, until it was sent or has expired.',
    answer: wholeMailView,
    refuses: ['not_found'],
    params: z.object({ id: anyId }),
    async handle(deps, { params: { id } }) {
      const mail = await readMail(deps, id);
      return mail ? ok(presentWholeMail(mail, deps.now())) : noSuchMail;
    },
  }),
];
