import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

/** Flags of authenticator data (WebAuthn, 6.1). */
const [present, verified, attested] = [1, 4, 64];

/** A passkey device in software: ES256, no attestation. `verifies`: it asked for PIN, finger or face. */
export class Authenticator {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #id = randomBytes(16);
  readonly #origin: string;
  verifies = true;
  #counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  get id(): string {
    return this.#id.toString('base64url');
  }

  /** The answer to registration options. */
  register(options: Record<string, unknown>) {
    const client = this.#client('webauthn.create', options);
    const credential = [Buffer.alloc(16), Buffer.from([0, this.#id.length]), this.#id, this.#coseKey()];
    const data = Buffer.concat([this.#data(attested), ...credential]);
    const length = Buffer.from([0x58, data.length]);
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      Buffer.concat([text('fmt'), text('none')]),
      Buffer.concat([text('attStmt'), Buffer.from([0xa0])]),
      Buffer.concat([text('authData'), length, data]),
    ]);
    const response = {
      clientDataJSON: client.toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    };
    return this.#answer(response);
  }

  /** The answer to authentication options. */
  authenticate(options: Record<string, unknown>) {
    const client = this.#client('webauthn.get', options);
    this.#counter += 1;
    const data = this.#data(0);
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
    const response = {
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: createSign('sha256').update(signed).sign(this.#keys.privateKey).toString('base64url'),
    };
    return this.#answer(response);
  }

  #answer(response: Record<string, unknown>) {
    const { id } = this;
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #client(type: string, options: Record<string, unknown>): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge: options['challenge'], origin: this.#origin }));
  }

  #data(more: number): Buffer {
    const rp = createHash('sha256').update(new URL(this.#origin).hostname).digest();
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    return Buffer.concat([rp, Buffer.from([present | (this.verifies ? verified : 0) | more]), counter]);
  }

  /** RFC 9053: EC2 key, ES256, P-256, x and y. */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const [head, toX, toY] = [
      [0xa5, 1, 2, 3, 0x26, 0x20, 1],
      [0x21, 0x58, 32],
      [0x22, 0x58, 32],
    ] as const;
    const point = (text: string) => Buffer.from(text, 'base64url');
    return Buffer.concat([Buffer.from(head), Buffer.from(toX), point(x), Buffer.from(toY), point(y)]);
  }
}

/** A short CBOR text. */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
}
