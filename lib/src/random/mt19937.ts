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
    let y = this.key[this.pos++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** Uniform in [0, 1) with 53 random bits. */
  double(): number {
    const high = this.uint32() >>> 5,
      low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  get state(): MT19937State {
    return { key: this.key.slice(), pos: this.pos };
  }

  set state({ key, pos }: MT19937State) {
    this.key = key.slice();
    this.pos = pos;
  }

  private twist(): void {
    const key = this.key;
    const mix = (k: number, next: number, far: number) => {
      const y = (key[k] & 0x80000000) | (key[next] & 0x7fffffff);
      key[k] = key[far] ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    };
    for (let k = 0; k < N - M; k++) mix(k, k + 1, k + M);
    for (let k = N - M; k < N - 1; k++) mix(k, k + 1, k + M - N);
    mix(N - 1, 0, M - 1);
    this.pos = 0;
  }
}
