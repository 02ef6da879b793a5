import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** How long a browser asks for this host by HTTPS only, in seconds. */
const httpsOnlySeconds = 365 * 24 * 60 * 60;

/**
 * The headers of every answer. Pages may load from here and nowhere else, run no inline script and stand in no frame. HTTPS
 * is asked for only where it is spoken: on plain HTTP, `upgrade-insecure-requests` would send the page's own requests to a
 * port where nobody listens.
 */
export function addSecurityHeaders(app: FastifyInstance, publicUrl: string): void {
  void app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: publicUrl.startsWith('https:')
      ? { maxAge: httpsOnlySeconds, includeSubDomains: false }
      : false,
  });
}
