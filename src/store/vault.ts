import type { KeyObject } from 'node:crypto';
import { createHmac } from 'node:crypto';
import type { Placed, Vault } from '../core/vault.ts';
import type { DataKey, Purpose } from './data-keys.ts';
import { dataKeys, readKeys } from './data-keys.ts';
import { WrongSecretError } from './wrong-secret.ts';
import type { Db } from './db.ts';
import type { MasterKey, Random } from './envelope.ts';
import { deriveBytes, keyIdOf, nonces, openUnder, SealBrokenError, sealUnder } from './envelope.ts';

/** The vault of a database. */
export type DbVault = Vault<Db>;

/** Bytes kept of a fingerprint: two addresses never share one by chance. */
const fingerprintBytes = 16;

/** Reads the data keys, or makes them in a new database. Throws WrongSecretError when none of the secrets unwraps them. */
export async function openVault(
  db: Db,
  masters: readonly MasterKey[],
  random: Random,
  now: Date,
): Promise<DbVault> {
  return new KeyedVault(await dataKeys(db, masters, random, now), masters, nonces(random));
}

class KeyedVault implements DbVault {
  #keys = new Map<number, DataKey>();
  readonly #masters: readonly MasterKey[];
  readonly #nonce: () => Uint8Array;
  readonly #details: DataKey;
  readonly #audit: KeyObject;
  readonly #fingerprint: KeyObject;
  readonly #derived: KeyObject;

  constructor(keys: readonly DataKey[], masters: readonly MasterKey[], nonce: () => Uint8Array) {
    this.#masters = masters;
    this.#nonce = nonce;
    this.#take(keys);
    this.#details = inUse(keys, 'details');
    this.#audit = inUse(keys, 'audit').key;
    this.#fingerprint = inUse(keys, 'fingerprint').key;
    this.#derived = inUse(keys, 'derived').key;
  }

  get keyId(): number {
    return this.#details.id;
  }

  seal(text: string, place: string): Uint8Array {
    return this.sealBytes(Buffer.from(text), place);
  }

  sealBytes(bytes: Uint8Array, place: string): Uint8Array {
    return sealUnder(this.#details.key, this.#details.id, this.#nonce(), bytes, place);
  }

  async openBytes(from: Db, sealed: Uint8Array, place: string): Promise<Uint8Array> {
    await this.#learn(from, [keyIdOf(sealed)]);
    return this.#open({ sealed, place });
  }

  async openAll(from: Db, values: readonly Placed[]): Promise<string[]> {
    await this.#learn(
      from,
      values.map(({ sealed }) => keyIdOf(sealed)),
    );
    return values.map((value) => this.#open(value).toString());
  }

  fingerprint(text: string): string {
    const whole = createHmac('sha256', this.#fingerprint).update(text).digest();
    return whole.subarray(0, fingerprintBytes).toString('base64url');
  }

  mac(bytes: Uint8Array): string {
    return createHmac('sha256', this.#audit).update(bytes).digest('hex');
  }

  derive(name: string): string {
    return deriveBytes(this.#derived, `derived: ${name}`).toString('base64url');
  }

  #take(keys: readonly DataKey[]): void {
    this.#keys = new Map(keys.map((key) => [key.id, key]));
  }

  #open({ sealed, place }: Placed): Buffer {
    const key = this.#keys.get(keyIdOf(sealed));
    if (key?.purpose !== 'details') throw new SealBrokenError(`no key opens what is kept at ${place}`);
    return openUnder(key.key, sealed, place);
  }

  /** Another process may have rotated meanwhile: a key that is not known is looked for once. */
  async #learn(from: Db, ids: readonly number[]): Promise<void> {
    if (ids.every((id) => this.#keys.has(id))) return;
    try {
      this.#take(await readKeys(from, this.#masters));
    } catch (error) {
      if (!(error instanceof WrongSecretError)) throw error;
      const message =
        'The secret was rotated while this process ran with the old one. Nothing was changed; start it again with the new PURSER_SECRET.';
      throw new WrongSecretError(message, { cause: error });
    }
  }
}

function inUse(keys: readonly DataKey[], purpose: Purpose): DataKey {
  const key = keys.find((candidate) => candidate.purpose === purpose && candidate.inUse);
  if (!key) throw new Error(`the database has no data key for ${purpose}`);
  return key;
}
