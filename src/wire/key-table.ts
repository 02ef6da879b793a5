/** Slots at the start; the table doubles when two thirds are taken. Must be a power of two. */
const slotsAtStart = 1_024;

/**
 * Remembers one number per text in 12 bytes per slot, 18 to 36 per text, so that a file of millions of rows can be
 * searched for repetitions. It keeps a 64-bit hash of the text, not the text: among two million texts two different ones
 * are taken for the same with a chance of about 1 in 10 million, and the consequence is a row that is refused, never one
 * that is paid.
 */
export class KeyTable {
  #low = new Uint32Array(slotsAtStart);
  #high = new Uint32Array(slotsAtStart);
  #values = new Uint32Array(slotsAtStart);
  #size = 0;

  /** The value stored first for this text, or 0 when `value` (above 0) is the first and now stored. */
  keepFirst(key: string, value: number): number {
    const slot = this.#slotOf(key);
    const before = this.#values[slot] ?? 0;
    if (before === 0) this.#store(slot, value);
    return before;
  }

  /** How often this text has been counted, this time included. */
  count(key: string): number {
    const slot = this.#slotOf(key);
    const times = (this.#values[slot] ?? 0) + 1;
    if (times === 1) this.#store(slot, 1);
    else this.#values[slot] = times;
    return times;
  }

  #store(slot: number, value: number): void {
    this.#values[slot] = value;
    this.#size++;
    if (this.#size * 3 > this.#values.length * 2) this.#double();
  }

  /** The slot that holds this text, or the empty one where it belongs, marked with its hash. */
  #slotOf(key: string): number {
    const low = hash(key, 0x9747b28c, 0xcc9e2d51, 0x1b873593);
    const high = hash(key, 0x3c6ef372, 0x239b961b, 0xab0e9789);
    const slot = this.#find(low, high);
    this.#low[slot] = low;
    this.#high[slot] = high;
    return slot;
  }

  #find(low: number, high: number): number {
    const mask = this.#values.length - 1;
    let slot = low & mask;
    while (this.#values[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #double(): void {
    const [lows, highs, values] = [this.#low, this.#high, this.#values];
    this.#low = new Uint32Array(values.length * 2);
    this.#high = new Uint32Array(values.length * 2);
    this.#values = new Uint32Array(values.length * 2);
    for (const [from, value] of values.entries()) {
      if (value === 0) continue;
      const [low, high] = [lows[from] ?? 0, highs[from] ?? 0];
      const slot = this.#find(low, high);
      this.#low[slot] = low;
      this.#high[slot] = high;
      this.#values[slot] = value;
    }
  }
}

/** 32 bits over the UTF-16 units of a text, by the mixing steps of MurmurHash3 (Appleby, public domain). */
function hash(text: string, seed: number, first: number, second: number): number {
  let state = seed;
  for (let at = 0; at < text.length; at++) {
    const mixed = Math.imul(text.charCodeAt(at), first);
    state ^= Math.imul((mixed << 15) | (mixed >>> 17), second);
    state = Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64;
  }
  state ^= text.length;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
