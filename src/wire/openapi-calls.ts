import { z } from 'zod';
import type { OutsideCall } from './openapi-outside.ts';
import { acceptBody, joinedView, token } from './people.ts';
import { signInBody, signInView, verifyBody, verifyView } from './portal.ts';

// Everything that is answered beside the table of routes and the sign-in of the team. Whoever adds such a call adds a line.

const html = { contentType: 'text/html' };
const linkQuery = z.object({ token: token.optional() });

const operations: readonly OutsideCall[] = [
  {
    method: 'GET',
    path: '/api',
    tag: 'Operations',
    summary: 'Which Purser answers, and where to go on',
    answer: z.strictObject({
      name: z.literal('purser'),
      version: z.string(),
      admin: z.string().meta({ examples: ['/api/admin'] }),
      docs: z.string().meta({ examples: ['/docs'] }),
      openapi: z.string().meta({ examples: ['/api/openapi.json'] }),
    }),
    refuses: [],
  },
  {
    method: 'GET',
    path: '/api/openapi.json',
    tag: 'Operations',
    summary: 'This document',
    answer: z.looseObject({ openapi: z.string().meta({ examples: ['3.1.1'] }) }),
    refuses: [],
  },
  {
    method: 'GET',
    path: '/docs',
    tag: 'Operations',
    summary: 'This document to read in a browser',
    answer: html,
    refuses: [],
  },
  {
    method: 'GET',
    path: '/docs/:file',
    tag: 'Operations',
    summary: 'What the page of this document is made of',
    params: z.object({
      file: z.enum(['start.js', 'swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']),
    }),
    answer: { contentType: '*/*' },
    pages: { 302: 'Without a name: on to the page.', 304: 'The browser has it already.' },
    refuses: [],
  },
  {
    method: 'GET',
    path: '/healthz',
    tag: 'Operations',
    summary: 'The process answers',
    answer: z.strictObject({ status: z.literal('ok'), version: z.string() }),
    refuses: [],
  },
  {
    method: 'GET',
    path: '/readyz',
    tag: 'Operations',
    summary: 'The database answers too',
    answer: z.strictObject({ status: z.literal('ok') }),
    refuses: ['unavailable'],
  },
  {
    method: 'POST',
    path: '/api/webhooks/paypal',
    tag: 'Webhooks',
    summary: 'Takes events of PayPal',
    description: 'The signature of the event is its proof; it is kept once and worked on later.',
    answer: z.strictObject({ received: z.literal(true) }),
    takes: 'The event as PayPal sends it, any content type.',
    refuses: ['event_not_verified', 'too_many_requests', 'event_not_checked', 'unavailable'],
  },
  {
    method: 'POST',
    path: '/api/webhooks/stripe',
    tag: 'Webhooks',
    summary: 'Takes events of Stripe',
    description: 'The signature of the event is its proof; it is kept once and worked on later.',
    answer: z.strictObject({ received: z.literal(true) }),
    takes: 'The event as Stripe sends it, any content type.',
    refuses: ['event_not_verified', 'too_many_requests', 'event_not_checked', 'unavailable'],
  },
];

const invitations: readonly OutsideCall[] = [
  {
    method: 'POST',
    path: '/api/people/accept-invitation',
    tag: 'Sign-in of the team',
    summary: 'Joins the team by the token of an invitation',
    body: acceptBody,
    answer: joinedView,
    status: 201,
    refuses: ['invitation_not_found', 'person_exists', 'too_many_attempts', 'unavailable'],
  },
  {
    method: 'GET',
    path: '/invitation',
    tag: 'Pages',
    summary: 'The page of an invitation',
    description: 'Opening it uses nothing up.',
    query: linkQuery,
    answer: html,
    pages: { 404: 'The invitation is over, or there is none.' },
    refuses: ['unavailable'],
  },
  {
    method: 'POST',
    path: '/invitation',
    tag: 'Pages',
    summary: 'What the form of that page sends',
    form: acceptBody,
    answer: html,
    status: 201,
    pages: {
      404: 'The invitation is over, or there is none.',
      409: 'Somebody with this e-mail is in the team already.',
      422: 'The form again, with what is wrong.',
      429: 'There were too many attempts; Retry-After says how long to wait.',
    },
    refuses: ['unavailable'],
  },
];

const portal: readonly OutsideCall[] = [
  {
    method: 'POST',
    path: '/api/payee/sign-in',
    tag: 'Payee',
    summary: 'Mails a sign-in link to every payee with this address',
    description: 'The answer is the same whoever asks for whatever address.',
    body: signInBody,
    answer: signInView,
    status: 202,
    refuses: ['too_many_requests', 'unavailable'],
  },
  {
    method: 'POST',
    path: '/api/payee/sign-in/verify',
    tag: 'Payee',
    summary: 'Uses the token of a link up and signs its payee in',
    body: verifyBody,
    answer: verifyView,
    setsCookie: true,
    refuses: ['too_many_requests', 'link_not_valid', 'unavailable'],
  },
  {
    method: 'GET',
    path: '/portal',
    tag: 'Pages',
    summary: 'Balance, payouts and payout methods of the payee who is signed in',
    answer: html,
    pages: { 303: 'Nobody is signed in: on to the page that signs in.' },
    refuses: ['unavailable'],
  },
  {
    method: 'GET',
    path: '/portal/sign-in',
    tag: 'Pages',
    summary: 'With a token one button that signs in, else a form for the address',
    description: 'Opening it uses nothing up.',
    query: linkQuery,
    answer: html,
    refuses: [],
  },
  {
    method: 'POST',
    path: '/portal/sign-in',
    tag: 'Pages',
    summary: 'What these forms send: a token signs in, an address asks for a link',
    form: z.union([verifyBody, signInBody]),
    answer: html,
    status: 202,
    pages: {
      303: 'Signed in: on to the portal.',
      401: 'The link was used already, is too old, or is none.',
      403: 'Another site sent it.',
      422: 'The form again: there is no address in it.',
    },
    refuses: ['too_many_requests', 'unavailable'],
  },
  {
    method: 'POST',
    path: '/portal/sign-out',
    tag: 'Pages',
    summary: 'Signs out',
    answer: null,
    status: 303,
    setsCookie: true,
    pages: { 403: 'Another site sent it.' },
    refuses: ['unavailable'],
  },
];

export const outsideCalls: readonly OutsideCall[] = [...operations, ...invitations, ...portal];
