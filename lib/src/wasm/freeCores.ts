import type { Load } from "../platform";

/** The system is asked at most so often. */
const INTERVAL = 20; // milliseconds
/** What a new answer counts against those before it: a program that computes for a moment changes nothing. */
const WEIGHT = 0.25;

/**
 * How many cores other programs leave free, from repeated looks at the machine's load. Without it, each of 20 trainings
 * at the same time would use all cores.
 */
export class FreeCores {
  private others = 0;
  private cores = Infinity;
  private next = -Infinity;

  /**
   * @param load - asks the system; undefined if it does not tell, then all cores count as free
   * @param now - the time in milliseconds
   */
  constructor(
    private readonly load: () => Load | undefined,
    private readonly now = () => performance.now(),
  ) {}

  /** The free cores, at least 1. `own` is how many threads of this process compute now. */
  count(own: number): number {
    const now = this.now();
    if (now >= this.next) {
      this.next = now + INTERVAL;
      this.look(own);
    }
    return Math.max(1, Math.round(this.cores - this.others));
  }

  private look(own: number): void {
    const load = this.load();
    this.cores = load?.cores ?? Infinity;
    const others = load === undefined ? 0 : Math.max(0, load.running - own);
    this.others += WEIGHT * (others - this.others);
  }
}
