/** The generator's whole state: 624 words and how many of them are spent. */
export interface MT19937State {
  readonly key: Uint32Array;
  readonly pos: number;
}

const N = 624,
  M = 397;

/**
 * The Mersenne Twister of 32-bit words (Matsumoto and Nishimura, 1998), seeded as NumPy's legacy generator is. It is
 * our own code because @stdlib's refuses the seed 0 and reads a list of one word as a single word.
 */
export class MT19937 {
  private key = new Uint32Array(N);
  private pos = N;

  /** Seeds by one word, from 0 to 2**32 - 1. */
  seedWord(seed: number): void {
    const key = this.key;
    key[0] = seed;
    for (let i = 1; i < N; i++) key[i] = Math.imul(1812433253, key[i - 1] ^ (key[i - 1] >>> 30)) + i;
    this.pos = N;
  }

  /** Seeds by any number of words from one up. */
  seedWords(words: readonly number[]): void {
    this.seedWord(19650218);
    const key = this.key;
    let i = 1;
    const advance = () => {
      if (++i < N) return;
      key[0] = key[N - 1];
      i = 1;
    };
    for (let round = 0, count = Math.max(N, words.length); round < count; round++) {
      const j = round % words.length;
      key[i] = (key[i] ^ Math.imul(key[i - 1] ^ (key[i - 1] >>> 30), 1664525)) + words[j] + j;
      advance();
    }
    for (let round = 0; round < N - 1; round++) {
      key[i] = (key[i] ^ Math.imul(key[i - 1] ^ (key[i - 1] >>> 30), 1566083941)) - i;
      advance();
    }
    key[0] = 0x80000000;
  }

  /** The next word, from 0 to 2**32 - 1. */
  uint32(): number {
    if (this.pos === N) this.twist();
    return temper(this.key[this.pos++]) >>> 0;
  }

  /** Uniform in [0, 1) with 53 random bits. */
  double(): number {
    const high = this.uint32();
    return fraction(high, this.uint32());
  }

  /** Fills an array with what as many calls of `double` would give, several times as quick. */
  fillDoubles(out: Float64Array): void {
    for (let i = 0; i < out.length;) {
      if (this.pos >= N - 1) {
        out[i++] = this.double();
        continue;
      }
      const { key } = this;
      const end = Math.min(out.length, i + ((N - this.pos) >> 1));
      let p = this.pos;
      for (; i < end; i++, p += 2) out[i] = fraction(temper(key[p]), temper(key[p + 1]));
      this.pos = p;
    }
  }

  /** Fills an array with whole numbers from 0 to `mask`, of one word each; those above `max` are drawn again. */
  fillBounded(out: Int32Array | Float64Array, mask: number, max: number, lowest: number): void {
    for (let i = 0; i < out.length;) {
      if (this.pos === N) this.twist();
      const { key } = this;
      let p = this.pos;
      for (; p < N && i < out.length; p++) {
        const value = (temper(key[p]) & mask) >>> 0;
        if (value <= max) out[i++] = lowest + value;
      }
      this.pos = p;
    }
  }

  get state(): MT19937State {
    return { key: this.key.slice(), pos: this.pos };
  }

  set state({ key, pos }: MT19937State) {
    this.key = key.slice();
    this.pos = pos;
  }

  private twist(): void {
    const { key } = this;
    for (let k = 0; k < N - M; k++) key[k] = key[k + M] ^ mixed(key[k], key[k + 1]);
    for (let k = N - M; k < N - 1; k++) key[k] = key[k + M - N] ^ mixed(key[k], key[k + 1]);
    key[N - 1] = key[M - 1] ^ mixed(key[N - 1], key[0]);
    this.pos = 0;
  }
}

function mixed(word: number, next: number): number {
  const y = (word & 0x80000000) | (next & 0x7fffffff);
  return (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
}

/** The Mersenne Twister's tempering: converts a word of the state to the word that is returned, as an int32. */
function temper(word: number): number {
  let y = word;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >>> 18);
}

/** From two words the number in [0, 1) of 53 bits. */
function fraction(high: number, low: number): number {
  return ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992;
}
