import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { request, textOf } from '../http.ts';
import { environmentOf } from './config.ts';
import {
  certificateBytesMax,
  certificateRefetchMs,
  certificatesCachedMax,
  chainLengthMax,
} from './limits.ts';

/** Fetches the text at an allowed address, or null when there was no usable answer. */
export type FetchCertificate = (url: string) => Promise<string | null>;

/** The certificate store's fetcher over HTTP: no redirect, bounded time and size. */
export function certificateFetcher(timeoutMs: number): FetchCertificate {
  return async (url) => {
    const result = await request({
      method: 'GET',
      url,
      headers: { accept: '*/*' },
      timeoutMs,
      answerBytesMax: certificateBytesMax,
    });
    return result.kind === 'answer' && result.status === 200 ? textOf(result.body) : null;
  };
}

/**
 * Whether a certificate address, which comes from whoever calls us, may be fetched: PayPal's certificate path at PayPal's
 * own hosts by https, or at the origin Purser was told to use. An account of one PayPal environment takes no certificate
 * of the other.
 */
export function allowedCertificateUrl(text: string, base: URL): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return null;
  const own = url.origin === base.origin;
  const prefix = own && base.pathname !== '/' ? base.pathname : '';
  const path = url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : url.pathname;
  if (!/^\/v1\/notifications\/certs\/[A-Za-z0-9_-]{1,128}$/.test(path)) return null;
  if (own) return url;
  const environment = environmentOf(url);
  const expected = environmentOf(base) ?? environment;
  return environment !== null && environment === expected ? url : null;
}

/** A certificate bundle as served; `fresh` when it was fetched for this very question. */
export interface KeptBundle {
  readonly certificates: readonly X509Certificate[];
  readonly triedAtMs: number;
  readonly fresh: boolean;
}

/** Bundles by address, bounded; the longest unused one goes first. */
export interface CertificateStore {
  /** Null when it could not be fetched or read. */
  get(url: URL): Promise<KeptBundle | null>;
  /** Fetches anew, for a server that changed its key; null when that was tried too recently. */
  again(url: URL): Promise<KeptBundle | null>;
}

export function createCertificateStore(fetchText: FetchCertificate, now: () => number): CertificateStore {
  const kept = new Map<string, KeptBundle>();

  async function load(url: URL): Promise<KeptBundle | null> {
    const certificates = readBundle((await fetchText(url.href)) ?? '');
    if (certificates === null) return null;
    keep(url, { certificates, triedAtMs: now(), fresh: false });
    return { certificates, triedAtMs: now(), fresh: true };
  }

  function keep(url: URL, bundle: KeptBundle): void {
    kept.delete(url.href);
    kept.set(url.href, bundle);
    const [oldest] = kept.keys();
    if (kept.size > certificatesCachedMax && oldest !== undefined) kept.delete(oldest);
  }

  return {
    async get(url) {
      const found = kept.get(url.href);
      if (found === undefined) return load(url);
      keep(url, found);
      return found;
    },
    async again(url) {
      const found = kept.get(url.href);
      if (found !== undefined) {
        if (Math.abs(now() - found.triedAtMs) < certificateRefetchMs) return null;
        // Counted before the answer: a server that gives none must not be asked for every forged event.
        keep(url, { ...found, triedAtMs: now() });
      }
      return load(url);
    },
  };
}

/** The certificates of a PEM text, the signer's own first; null when there is none or one is unreadable. */
export function readBundle(pem: string): X509Certificate[] | null {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || blocks.length > chainLengthMax) return null;
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return null;
  }
}

/** `bad`: surely not PayPal's signer. `open`: cannot be said from here. */
export type CertificateVerdict = 'good' | 'bad' | 'open';

/** Rules a bundle is judged by. `checkName` is off for the built-in sandbox only. */
export interface CertificateRules {
  readonly checkName: boolean;
  readonly checkChain: boolean;
  readonly now: Date;
  /** PEM of the roots to trust; Node's own unless given. */
  readonly roots?: readonly string[];
}

/** Judges validity, name and, when the bundle carries one, the chain. */
export function judgeBundle(
  certificates: readonly X509Certificate[],
  rules: CertificateRules,
): CertificateVerdict {
  const [signer, ...others] = certificates;
  if (signer === undefined) return 'open';
  if (!validAt(signer, rules.now) || signer.publicKey.asymmetricKeyType !== 'rsa') return 'bad';
  if (rules.checkName && !namesPaypal(signer)) return 'bad';
  if (!rules.checkChain || others.length === 0) return 'good';
  return chains(signer, others, rules) ? 'good' : 'open';
}

function validAt(certificate: X509Certificate, now: Date): boolean {
  return certificate.validFromDate <= now && now <= certificate.validToDate;
}

/** The common name or a DNS name of the certificate is one of PayPal's. */
function namesPaypal(certificate: X509Certificate): boolean {
  const dns = [...(certificate.subjectAltName ?? '').matchAll(/DNS:([^,\s]+)/g)].map(
    (match) => match[1] ?? '',
  );
  const common = /^CN=(.+)$/m.exec(certificate.subject)?.[1] ?? '';
  return [common, ...dns].some((name) => /^[a-z0-9.-]+\.paypal\.com$/i.test(name));
}

/** Follows issuers through the bundle to a trusted root. An incomplete chain is no proof of anything. */
function chains(
  signer: X509Certificate,
  others: readonly X509Certificate[],
  rules: CertificateRules,
): boolean {
  const roots = (rules.roots ?? rootCertificates).map((pem) => new X509Certificate(pem));
  let current = signer;
  for (let length = 0; length < chainLengthMax; length += 1) {
    const child = current;
    const issued = (issuer: X509Certificate) =>
      issuer.ca && validAt(issuer, rules.now) && child.checkIssued(issuer) && child.verify(issuer.publicKey);
    if (roots.some(issued)) return true;
    const issuer = others.find((other) => other.fingerprint256 !== child.fingerprint256 && issued(other));
    if (issuer === undefined) return false;
    current = issuer;
  }
  return false;
}
