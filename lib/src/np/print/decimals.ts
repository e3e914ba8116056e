/** A positive value as `0.d1d2d3...` times a power of ten: its digits, and the power of the first of them. */
export interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** The fewest digits that name this float64 and no other, or this float32 among the float32. */
export function shortest(value: number, single: boolean): Decimal {
  if (value === 0) return { digits: "0", exponent: 0 };
  if (!single) return parse(value.toExponential());
  for (let count = 1; count < 9; count++) {
    const near = rounded(value, count - 1);
    // the float32 below a power of two is nearer than the one above: the next larger decimal may fit if `near` does not
    for (const decimal of [near, { ...near, digits: `${Number(near.digits) + 1}` }]) {
      if (decimal.digits.length === count && Math.fround(toNumber(decimal)) === value) return decimal;
    }
  }
  return rounded(value, 8);
}

function toNumber({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent - digits.length + 1}`);
}

/**
 * The value times 10**places, rounded to a whole number, halves to even: what toFixed would give if it did not round
 * halves up. Exact, for the value is a whole number times a power of two.
 */
export function scaled(value: number, decimals: number): bigint {
  const { mantissa, exponent } = binary(value);
  const over = (mantissa * 10n ** BigInt(Math.max(decimals, 0))) << BigInt(Math.max(exponent, 0));
  const under = (10n ** BigInt(Math.max(-decimals, 0))) << BigInt(Math.max(-exponent, 0));
  const whole = over / under,
    rest = 2n * (over % under);
  return rest > under || (rest === under && whole % 2n === 1n) ? whole + 1n : whole;
}

/** Exactly `count` digits after the first, halves to even. */
export function rounded(value: number, count: number): Decimal {
  if (value === 0) return { digits: "0".repeat(count + 1), exponent: 0 };
  const guess = shortest(value, false).exponent;
  // the shortest form may have rounded 9.99... up to 10; then one more decimal gives exactly the digits that are wanted
  const fine = scaled(value, count - guess + 1).toString();
  if (fine.length === count + 1) return { digits: fine, exponent: guess - 1 };
  const digits = scaled(value, count - guess).toString();
  // rounding may carry into one digit more, a zero
  return { digits: digits.slice(0, count + 1), exponent: guess + digits.length - count - 1 };
}

function parse(text: string): Decimal {
  const [digits, exponent] = text.split("e");
  return { digits: digits.replace(".", ""), exponent: Number(exponent) };
}

const view = new DataView(new ArrayBuffer(8));

/** value = mantissa * 2**exponent. */
function binary(value: number): { mantissa: bigint; exponent: number } {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const fraction = bits & 0xfffffffffffffn,
    power = Number((bits >> 52n) & 0x7ffn);
  if (power === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction | 0x10000000000000n, exponent: power - 1075 };
}
