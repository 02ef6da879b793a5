import { isUtf8 } from 'node:buffer';
import { type Hash, createHash } from 'node:crypto';
import { fileBytesMax, type FileProblem, fileProblem } from './file-issues.ts';

/** What was learned of the bytes on the way. */
export interface TextFacts {
  bytes: number;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** The file began with a byte order mark. */
  mark: boolean;
}

const lineFeed = 10;
const carriageReturn = 13;
/** The longest mark is three bytes; four also tell a spreadsheet apart. */
const headBytes = 4;

/** Bytes passed on, hashed and counted; stops above `fileBytesMax`. */
export async function* measured(
  source: AsyncIterable<Uint8Array>,
  facts: TextFacts,
  hash: Hash,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    facts.bytes += chunk.length;
    if (facts.bytes > fileBytesMax) throw tooLarge();
    hash.update(chunk);
    yield chunk;
  }
}

/** The hash of a file's bytes, fed by `measured`. */
export function contentHash(): Hash {
  return createHash('sha256');
}

/** The problem of a file above `fileBytesMax`. */
export function tooLarge(): FileProblem {
  return fileProblem('file_too_large');
}

/**
 * The text of a file as UTF-8 with `\n` line ends and without a byte order mark, whether it was saved as UTF-8 or as
 * UTF-16 with a mark, with Unix, Windows or old Macintosh line ends. Stops with the line at the first byte that is not text.
 */
export async function* plainText(
  chunks: AsyncIterable<Uint8Array>,
  facts: TextFacts,
): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = Buffer.alloc(0);
  let decode: Decode = utf8Decoder();
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (head) {
      head = Buffer.concat([head, chunk]);
      if (head.length < headBytes) continue;
      decode = decoderFor(head, facts);
      bytes = head;
      head = null;
    }
    const text = decode(bytes, false);
    if (text.length > 0) yield text;
  }
  if (head) decode = decoderFor(head, facts);
  const rest = decode(head ?? Buffer.alloc(0), true);
  if (rest.length > 0) yield rest;
}

/** Turns the next bytes into text; `end` flushes and complains of what is incomplete. */
type Decode = (bytes: Uint8Array, end: boolean) => Uint8Array;

function decoderFor(head: Uint8Array, facts: TextFacts): Decode {
  const start = Buffer.from(head.subarray(0, headBytes)).toString('hex');
  if (start.startsWith('504b0304') || start.startsWith('d0cf11e0')) {
    throw fileProblem('spreadsheet');
  }
  facts.mark = start.startsWith('efbbbf') || start.startsWith('fffe') || start.startsWith('feff');
  if (start.startsWith('fffe')) facts.encoding = 'utf-16le';
  if (start.startsWith('feff')) facts.encoding = 'utf-16be';
  return facts.encoding === 'utf-8' ? utf8Decoder() : utf16Decoder(facts.encoding);
}

function utf8Decoder(): Decode {
  const unify = lineEndUnifier();
  let pending: Uint8Array = Buffer.alloc(0);
  let atStart = true;
  let line = 1;
  return (bytes, end) => {
    let joined = Buffer.concat([pending, unify(bytes)]);
    if (atStart && joined.length > 0) {
      if (joined.subarray(0, 3).equals(Buffer.from('efbbbf', 'hex'))) joined = joined.subarray(3);
      atStart = false;
    }
    const cut = end ? joined.length : joined.length - incompleteTail(joined);
    pending = joined.subarray(cut);
    const text = joined.subarray(0, cut);
    refuseBinary(text, line);
    if (!isUtf8(text)) throw notUtf8(line + linesBeforeBadByte(text));
    line += countLineFeeds(text);
    return text;
  };
}

function utf16Decoder(encoding: 'utf-16le' | 'utf-16be'): Decode {
  const unify = lineEndUnifier();
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  return (bytes, end) => {
    let decoded: string;
    try {
      decoded = decoder.decode(bytes, { stream: !end });
    } catch (error) {
      if (error instanceof TypeError) throw notUtf8(line);
      throw error;
    }
    const text = unify(Buffer.from(decoded));
    refuseBinary(text, line);
    line += countLineFeeds(text);
    return text;
  };
}

function notUtf8(line: number): FileProblem {
  return fileProblem('file_encoding', [line], line);
}

function refuseBinary(text: Uint8Array, line: number): void {
  const at = text.indexOf(0);
  if (at < 0) return;
  const badLine = line + countLineFeeds(text.subarray(0, at));
  throw fileProblem('zero_byte', [badLine], badLine);
}

/** `\r\n` and a lone `\r` become `\n`, also when the pair is split between two chunks. */
function lineEndUnifier(): (bytes: Uint8Array) => Uint8Array {
  let afterReturn = false;
  return (bytes) => {
    if (!bytes.includes(carriageReturn) && !(afterReturn && bytes[0] === lineFeed)) {
      if (bytes.length > 0) afterReturn = false;
      return bytes;
    }
    const out = Buffer.allocUnsafe(bytes.length);
    let length = 0;
    for (const byte of bytes) {
      if (byte !== lineFeed || !afterReturn) out[length++] = byte === carriageReturn ? lineFeed : byte;
      afterReturn = byte === carriageReturn;
    }
    return out.subarray(0, length);
  };
}

/** Bytes at the end that begin a character of which the rest is still to come: 0 to 3. */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < characterLength(byte) ? back : 0;
  }
  return 0;
}

function characterLength(firstByte: number): number {
  if (firstByte >= 0xf0) return 4;
  return firstByte >= 0xe0 ? 3 : 2;
}

function countLineFeeds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) count++;
  return count;
}

function linesBeforeBadByte(bytes: Uint8Array): number {
  let lines = 0;
  let start = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, start)) {
    if (!isUtf8(bytes.subarray(start, at))) return lines;
    lines++;
    start = at + 1;
  }
  return lines;
}
