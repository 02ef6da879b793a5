import { Readable } from 'node:stream';

/** Unread bytes of one stream beyond which it is closed; the reader asks again and is told that something changed. */
const unreadMaxBytes = 64 * 1024;

/** Server-sent events to one reader. Nobody waits for a reader: one that does not read is let go. */
export class LiveStream extends Readable {
  readonly #unreadMax: number;

  constructor(unreadMax = unreadMaxBytes) {
    super({ highWaterMark: unreadMax });
    this.#unreadMax = unreadMax;
  }

  /** Sends a text; false: the stream is over, or has just been closed as nobody reads it. */
  tell(text: string): boolean {
    if (this.destroyed || this.readableEnded) return false;
    if (this.readableLength + text.length > this.#unreadMax) {
      this.destroy();
      return false;
    }
    this.push(text);
    return true;
  }

  /** The end, after what was told before. */
  finish(): void {
    if (!this.destroyed) this.push(null);
  }

  override _read(): void {
    // Texts are pushed when there is something to tell.
  }
}
