import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDeps } from './deps.ts';
import { isSandbox } from './providers.ts';

/** Pages of `npm run prepare`; `assets` holds scripts and styles whose names change with what is in them. */
export interface WebPages {
  readonly console: string;
  readonly portal: string;
  /** The folder with `web/` and `icon.svg`. */
  readonly root: string;
}

/** Where the build leaves a place for the nonce of each answer; see web/vite.config.ts. */
const noncePlace = 'NONCE-OF-THIS-ANSWER';
const nonceBytes = 18;
/** Pages of their own, made in this server. */
const plain =
  /^\/(?:api|docs|web|healthz|readyz|metrics|invitation|portal\/(?:sign-in|sign-out|not-me))(?:\/|$|\?)/;

const unbuilt = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Purser</title></head>
<body><main><h1>The console was not built</h1>
<p>The API works, at <a href="/docs">/docs</a>. To build console and portal: <code>npm run prepare</code>, then start again.</p></main></body></html>
`;

/** Console and portal: their files, and one page for every address that a browser asks for and nobody else answers. */
export function addWeb(app: FastifyInstance, deps: ApiDeps): void {
  const { web } = deps;
  if (!web) return;
  void app.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: web.root,
      serve: true,
      index: false,
      wildcard: false,
      globIgnore: ['*.html', '**/*.{br,gz}'],
      decorateReply: false,
      // Their names change with their content.
      immutable: true,
      maxAge: '365d',
      acceptRanges: false,
      preCompressed: true,
    });
  });
}

/** True when a browser asks for a page that console or portal draw. */
export function isForWeb(request: FastifyRequest): boolean {
  const isPage =
    (request.method === 'GET' || request.method === 'HEAD') &&
    request.headers.accept?.includes('text/html') === true;
  return isPage && !plain.test(request.url);
}

/** The page that draws itself; no script and no style runs in it but those of this server and this answer. */
export function sendWeb(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { web } = deps;
  const nonce = Buffer.from(deps.newSecret().subarray(0, nonceBytes)).toString('base64');
  const isPortal = /^\/portal(?:\/|$|\?)/.test(request.url);
  const page = web ? (isPortal ? web.portal : web.console) : unbuilt;
  return reply
    .code(200)
    .header('content-security-policy', policyOf(nonce))
    .header('x-frame-options', 'DENY')
    .header('referrer-policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .serializer(String)
    .send(marked(page, deps).replaceAll(noncePlace, nonce));
}

/** In a sandbox the page itself says so, so that its mark is there with the first words and with nobody signed in. */
function marked(page: string, deps: ApiDeps): string {
  return isSandbox(deps) ? page.replace('<html ', '<html data-sandbox ') : page;
}

function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
