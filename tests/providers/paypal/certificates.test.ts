import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  allowedCertificateUrl,
  judgeBundle,
  readBundle,
} from '../../../src/providers/paypal/certificates.ts';
import { nowMs, scriptedPaypal } from './scripted.ts';
import { now, otherSigner, paypalSigner, receiver, served, signedEvent, signer } from './signing.ts';

describe('the certificate address, which the caller chooses,', () => {
  const live = new URL('https://api-m.paypal.com/');
  const path = '/v1/notifications/certs/CERT-1';
  test.each([
    [`https://api.paypal.com${path}`, true],
    [`https://api-m.paypal.com${path}`, true],
    [`https://api.sandbox.paypal.com${path}`, false],
    [`http://api.paypal.com${path}`, false],
    [`https://api.paypal.com:8443${path}`, false],
    [`https://api.paypal.com.example.org${path}`, false],
    [`https://example.org/api.paypal.com${path}`, false],
    [`https://api.paypal.com@example.org${path}`, false],
    [`https://user:word@api.paypal.com${path}`, false],
    [`https://www.paypal.com${path}`, false],
    [`https://api.paypal.com${path}?x=1`, false],
    [`https://api.paypal.com${path}#x`, false],
    ['https://api.paypal.com/v1/notifications/certs/../../redirect', false],
    ['https://api.paypal.com/v1/notifications/certs/a/b', false],
    ['https://api.paypal.com/v1/oauth2/token', false],
    ['file:///etc/passwd', false],
    ['', false],
  ])('%s is allowed: %s', (url, allowed) => {
    expect(allowedCertificateUrl(url, live) !== null).toBe(allowed);
  });

  test('may be at the configured server itself, below its own path', () => {
    const own = new URL('http://127.0.0.1:4010/paypal');
    expect(allowedCertificateUrl(`http://127.0.0.1:4010/paypal${path}`, own)).not.toBeNull();
    expect(allowedCertificateUrl(`http://127.0.0.1:4011/paypal${path}`, own)).toBeNull();
    expect(allowedCertificateUrl(`http://localhost:4010/paypal${path}`, own)).toBeNull();
  });

  test('is not fetched when it is not allowed, and PayPal is not asked either', async () => {
    const { base, verify, received } = await receiver([served(paypalSigner)]);
    const url = 'http://127.0.0.1:9/v1/notifications/certs/CERT-1';
    expect(await verify(signedEvent(base, paypalSigner, { url }))).toBeNull();
    expect(received).toHaveLength(0);
  });

  test('is not followed elsewhere', async () => {
    const elsewhere = await scriptedPaypal(served(otherSigner));
    const moved = { status: 302, headers: { location: `${elsewhere.base}/v1/notifications/certs/C` } };
    const { base, verify } = await receiver([
      moved,
      { status: 200, body: { verification_status: 'FAILURE' } },
    ]);
    expect(await verify(signedEvent(base, otherSigner))).toBeNull();
    expect(elsewhere.received).toHaveLength(0);
  });
});

describe('a server that changed its key at the same address', () => {
  test('is understood after one fetch, but no more than one a minute is spent on forgeries', async () => {
    let clock = nowMs;
    const renewed = await signer('renewed.paypal.com');
    const plays = [served(paypalSigner), served(renewed), served(renewed)];
    const { base, verify, received } = await receiver(plays, {}, () => clock);
    expect(await verify(signedEvent(base, paypalSigner))).not.toBeNull();
    expect(await verify(signedEvent(base, renewed))).toBeNull();
    expect(received).toHaveLength(1);
    clock += 61_000;
    expect(await verify(signedEvent(base, renewed))).not.toBeNull();
    expect(await verify(signedEvent(base, otherSigner))).toBeNull();
    expect(received).toHaveLength(2);
  });
});

describe('the certificates kept', () => {
  test('are bounded: the one longest unused is fetched again', async () => {
    const plays = Array.from({ length: 18 }, () => served(paypalSigner));
    const { base, verify, received } = await receiver(plays);
    const from = (at: number) =>
      verify(signedEvent(base, paypalSigner, { url: `${base}/v1/notifications/certs/CERT-${at}` }));
    for (let at = 1; at <= 16; at += 1) await from(at);
    await from(1);
    await from(17);
    expect(received).toHaveLength(17);
    await from(1);
    expect(received).toHaveLength(17);
    await from(2);
    expect(received).toHaveLength(18);
  });
});

describe('a chain', () => {
  test('must lead to a trusted root; one that does not proves nothing', async () => {
    const root = await signer('Root', [-900, 900], undefined, true);
    const middle = await signer('Middle', [-900, 900], { key: root.private, cert: root.cert }, true);
    const leaf = await signer('x.paypal.com', [-30, 30], { key: middle.private, cert: middle.cert });
    const lonely = await signer('Lonely', [-900, 900], undefined, true);
    const rules = { checkName: true, checkChain: true, now, roots: [root.cert] };
    const judged = (pems: string[], change = {}) =>
      judgeBundle(readBundle(pems.join('\n')) ?? [], { ...rules, ...change });
    expect(judged([leaf.cert, middle.cert])).toBe('good');
    expect(judged([leaf.cert, root.cert, middle.cert])).toBe('good');
    expect(judged([leaf.cert, lonely.cert])).toBe('open');
    expect(judged([leaf.cert, middle.cert], { roots: [lonely.cert] })).toBe('open');
    expect(judged([leaf.cert, paypalSigner.cert])).toBe('open');
    expect(judged([leaf.cert])).toBe('good');
    expect(judged([])).toBe('open');
    expect(new X509Certificate(leaf.cert).ca).toBe(false);

    const impostor = await signer('Root', [-900, 900], undefined, true);
    expect(judged([leaf.cert, middle.cert], { roots: [impostor.cert] })).toBe('open');
    const byLeaf = await signer('y.paypal.com', [-30, 30], { key: leaf.private, cert: leaf.cert });
    expect(judged([byLeaf.cert, leaf.cert, middle.cert])).toBe('open');
  });

  test('that is no PEM, or too long, is not read', () => {
    expect(readBundle('hello')).toBeNull();
    expect(readBundle('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toBeNull();
    expect(readBundle(paypalSigner.cert.repeat(7))).toBeNull();
  });
});
