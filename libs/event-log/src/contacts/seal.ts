import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { ContactKey } from './contact-keys.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under a nonce of its own; base64 of nonce, tag and what is sealed. It opens only in the same context. */
export function seal(key: ContactKey, context: string, text: string): string {
  const nonce = newNonce();
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

let chance = Buffer.alloc(0);

/** 12 bytes of chance, of which many are asked for at once: one call for each took as long as sealing. */
function newNonce(): Buffer {
  if (chance.length < nonceBytes) chance = randomBytes(nonceBytes * 1_024);
  const nonce = chance.subarray(0, nonceBytes);
  chance = chance.subarray(nonceBytes);
  return nonce;
}

/** What was sealed; undefined if it was not sealed with this key in this context. */
export function unseal(key: ContactKey, context: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
