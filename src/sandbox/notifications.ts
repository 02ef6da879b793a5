import { refuse } from './errors.ts';
import { authAlgorithm, signedText } from './signing.ts';
import { certificateUrl } from './webhook-delivery.ts';
import { readWebhookTarget } from './webhook-events.ts';
import type { Call, Reply, World } from './world.ts';

/** `GET /v1/notifications/certs/{id}`; open to everybody, as PayPal's is. */
export function readCertificate(world: World, call: Call): Reply {
  if (call.params[0] !== world.signing.certificateId) return refuse('RESOURCE_NOT_FOUND');
  const headers = { 'content-type': 'application/x-pem-file' };
  return { status: 200, headers, body: world.signing.certificatePem };
}

const requiredFields = [
  'auth_algo',
  'cert_url',
  'transmission_id',
  'transmission_sig',
  'transmission_time',
  'webhook_id',
] as const;

/** `POST /v1/notifications/verify-webhook-signature` */
export function verifySignature(world: World, call: Call): Reply {
  const text = call.body.toString('utf8');
  const fields = parseFields(text);
  const event = fields === null ? null : rawMember(text, 'webhook_event');
  if (fields === null || event === null) return refuse('INVALID_REQUEST');
  const missing = requiredFields.filter((name) => typeof fields[name] !== 'string');
  if (missing.length > 0) {
    const details = missing.map((field) => ({
      field,
      location: 'body' as const,
      issue: 'MISSING_REQUIRED_PARAMETER',
    }));
    return refuse('VALIDATION_ERROR', details);
  }
  const verification_status = isGenuine(world, fields, event) ? 'SUCCESS' : 'FAILURE';
  return { status: 200, body: { verification_status } };
}

function isGenuine(world: World, fields: Record<string, unknown>, event: string): boolean {
  const webhookId = String(fields['webhook_id']);
  if (readWebhookTarget(world.db)?.id !== webhookId) return false;
  if (fields['auth_algo'] !== authAlgorithm || fields['cert_url'] !== certificateUrl(world)) return false;
  const transmission = {
    id: String(fields['transmission_id']),
    time: String(fields['transmission_time']),
    webhookId,
  };
  return world.signing.verifies(
    signedText(transmission, Buffer.from(event)),
    String(fields['transmission_sig']),
  );
}

function parseFields(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Unreadable JSON is the caller's to hear about.
    return null;
  }
}

/**
 * The text of a member of a JSON object exactly as it was sent: the signature covers the bytes, and writing the value
 * anew could change them. `text` is known to parse.
 */
function rawMember(text: string, name: string): string | null {
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;
  let depth = 0;
  let start = -1;
  for (const match of text.matchAll(tokens)) {
    const [token] = match;
    const after = match.index + token.length;
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && start < 0 && token === JSON.stringify(name)) {
      const colon = /^\s*:\s*/.exec(text.slice(after, after + 100));
      if (colon !== null) start = after + colon[0].length;
      continue;
    }
    if (start < 0) continue;
    if (depth === 0 || (depth === 1 && token === ',')) return text.slice(start, match.index).trimEnd();
  }
  return null;
}
