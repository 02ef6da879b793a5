import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ApiDeps } from './deps.ts';
import { describeApi } from './document.ts';

/** Found, not imported: its main file is the whole reader. */
const readerHome = new URL('.', import.meta.resolve('swagger-ui-dist/package.json'));
/** What the reader of the document is made of; nothing else of its package is served. */
const readerFiles = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']);

/** The reader sets styles as it runs; scripts come from files of this server only. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Purser API</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<script src="docs/swagger-ui-bundle.js" defer></script>
<script src="docs/start.js" defer></script>
</head>
<body>
<main id="reference"><noscript>The reference needs JavaScript; the same as text: <a href="api/openapi.json">openapi.json</a></noscript></main>
</body>
</html>
`;

/** Shows the document of this server; asks nobody else whether it is valid. */
const start = `'use strict';
window.SwaggerUIBundle({
  url: 'api/openapi.json',
  dom_id: '#reference',
  validatorUrl: null,
  queryConfigEnabled: false,
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  filter: true,
  showExtensions: true,
});
`;

/** `/api/openapi.json`: the document. `/docs`: the same to read in a browser. Without a key. */
export function addReference(app: FastifyInstance, deps: ApiDeps): void {
  // Made at the first question: a command that opens the API for one call does not wait for it.
  let document: string | undefined;
  app.get('/api/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(describeApi(deps.version));
    return reply.type('application/json; charset=utf-8').serializer(String).send(document);
  });
  void app.register(fastifyStatic, { root: readerHome, serve: false, maxAge: '1h', acceptRanges: false });
  app.get('/docs', async (_request, reply) => textOf(reply, 'text/html; charset=utf-8', page));
  app.get<{ Params: { file: string } }>('/docs/:file', async ({ params: { file } }, reply) => {
    if (file === '') return reply.redirect('../docs');
    if (file === 'start.js') return textOf(reply, 'text/javascript; charset=utf-8', start);
    return readerFiles.has(file) ? reply.sendFile(file) : reply.callNotFound();
  });
}

function textOf(reply: FastifyReply, type: string, text: string): FastifyReply {
  return reply.header('content-security-policy', policy).type(type).serializer(String).send(text);
}
