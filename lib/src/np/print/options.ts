import { checkOptions, checkWhole, got } from "../../checks";

/** How arrays print, by NumPy's names and defaults. */
export interface PrintOptions {
  /** Digits after the point, at most. */
  readonly precision: number;
  /** Arrays of more elements are summarised. */
  readonly threshold: number;
  /** How many items a summary keeps at each end of an axis. */
  readonly edgeitems: number;
  /** Characters in a line. */
  readonly linewidth: number;
  /** Never the scientific form because of small values. */
  readonly suppress: boolean;
  /** The text for nan. */
  readonly nanstr: string;
  /** The text for infinity. */
  readonly infstr: string;
  /** The text before a positive number: nothing, "+" or a space. */
  readonly sign: "-" | "+" | " ";
  /**
   * How many digits after the point: at most `precision` ("maxprec"), exactly `precision` ("fixed"), as many as each
   * number needs ("unique"), or at most `precision` and the same number for all elements ("maxprec_equal").
   */
  readonly floatmode: "maxprec" | "fixed" | "unique" | "maxprec_equal";
}

const defaults: PrintOptions = {
  precision: 8,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 75,
  suppress: false,
  nanstr: "nan",
  infstr: "inf",
  sign: "-",
  floatmode: "maxprec",
};

let current = defaults;

/**
 * How arrays print at present, as `np.get_printoptions`.
 * @returns all options; to change one, give it to `np.setPrintOptions`
 * @example np.getPrintOptions().precision; // 8
 */
export function getPrintOptions(): PrintOptions {
  return { ...current };
}

/**
 * Changes how arrays print from now on, as `np.set_printoptions`; what is not named stays.
 * @param options - precision, threshold, edgeitems, linewidth, suppress, nanstr, infstr, sign, floatmode
 * @remarks No `formatter` and no `legacy`.
 * @throws RangeError or TypeError for a value that the option cannot take, and for unknown options
 * @example np.setPrintOptions({ precision: 3, suppress: true });
 */
export function setPrintOptions(options: Partial<PrintOptions>): void {
  current = merge("setPrintOptions", options);
}

/** The present options with some of them changed. */
export function merge(caller: string, changes: Partial<PrintOptions>): PrintOptions {
  checkOptions(caller, changes, Object.keys(defaults));
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  for (const [option, value] of given) check(caller, option, value);
  return { ...current, ...Object.fromEntries(given) };
}

const choices: Record<string, readonly string[]> = {
  sign: ["-", "+", " "],
  floatmode: ["maxprec", "fixed", "unique", "maxprec_equal"],
};

function check(caller: string, option: string, value: unknown): void {
  const wanted = typeof defaults[option as keyof PrintOptions];
  if (typeof value !== wanted) throw new TypeError(`${got(caller, option, value)}: wanted a ${wanted}`);
  // the threshold may be infinite: print everything
  const all = option === "threshold" && value === Infinity;
  if (wanted === "number" && !all) checkWhole(caller, option, value, 0);
  if (option in choices && !choices[option].includes(String(value))) {
    throw new RangeError(`${got(caller, option, value)}: wanted one of "${choices[option].join('", "')}"`);
  }
}
