import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallerRole } from '../core/roles.ts';
import { may } from '../core/roles.ts';
import { oversized } from '../wire/json-size.ts';
import { UnreadableError } from './failure.ts';
import { bodyMaxBytes } from './route.ts';

/** Largest body, in bytes, of a caller who may only look: nobody of them has a file to pay. */
const readerBodyMaxBytes = bodyMaxBytes;

/** JSON in strict UTF-8; an empty body is no body. What is beyond sense is refused before it is built. */
export function readJson(app: FastifyInstance): void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const encoding = request.headers['content-encoding'];
      if (encoding !== undefined && encoding !== 'identity')
        throw Object.assign(new Error('the body is compressed'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' });
      if (body.length === 0) return undefined;
      if (request.caller && body.length > mostOf(request.caller.role)) throw tooLarge();
      const beyond = oversized(body);
      if (beyond === 'too_many') throw tooLarge();
      if (beyond === 'too_deep') throw new UnreadableError('the body is nested too deeply');
      return parseJson(decoder, body);
    },
  );
}

/** Largest body that a caller may send wherever the route takes more, in bytes. */
function mostOf(role: CallerRole): number {
  return may(role, 'operate') || may(role, 'approve') ? Infinity : readerBodyMaxBytes;
}

function tooLarge(): Error {
  return Object.assign(new Error('the body is too large'), { code: 'FST_ERR_CTP_BODY_TOO_LARGE' });
}

function parseJson(decoder: InstanceType<typeof TextDecoder>, body: Buffer): unknown {
  try {
    return JSON.parse(decoder.decode(body)) as unknown;
  } catch (error) {
    throw new UnreadableError('the body is not JSON in UTF-8', { cause: error });
  }
}
