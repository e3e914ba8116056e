import { host } from "../platform";
import { BOARD_BYTES } from "./chunks";
import type { Pointer } from "./layouts";
import { instantiate, routinesModule, type Routines } from "./routines";
import { forgetMemory, type Workplace } from "./threads";

const PAGE = 65536;
/** The sizes for which lib/assembly/build.mjs compiles the routines: 1 MiB at first, 1 GiB at most. */
export const MEMORY_PAGES = { initial: 16, maximum: 16384 } as const;
/** An idle memory of at most this size is kept for ever; a larger one only until the engine collects garbage. */
const KEPT_BYTES = 64 * 2 ** 20;

/** More memory was requested than an arena may have. */
export class ArenaFullError extends RangeError {
  override name = "ArenaFullError";
}

/**
 * A WebAssembly memory with the routines that work in it. allocate() returns pointers one after the other; release()
 * frees all of them at once. Code that borrows an arena must call release() in a finally block, so that it also does so
 * after an error.
 */
export class Arena implements Workplace {
  readonly memory = new WebAssembly.Memory({ ...MEMORY_PAGES, shared: true });
  readonly routines: Routines;
  readonly boardPointer: Pointer;
  readonly id = ++made;
  /** All of the memory as doubles. A part of it is quicker to reach by `heap` than by a view of its own. */
  heap: Float64Array;
  private buffer: SharedArrayBuffer;
  private next: Pointer;
  private borrowed = false;

  private constructor(readonly module: WebAssembly.Module) {
    collected.register(this, undefined);
    this.routines = instantiate(module, this.memory);
    this.buffer = this.memory.buffer;
    this.heap = new Float64Array(this.buffer);
    this.boardPointer = Math.ceil(this.routines.heapBase() / 64) * 64;
    this.next = this.boardPointer + BOARD_BYTES;
  }

  /** The idle arena or, if that one is in use, another one; undefined if the routines cannot run. */
  static borrow(): Arena | undefined {
    const module = routinesModule();
    if (module === undefined) return undefined;
    const arena = takeIdle() ?? makeArena(() => new Arena(module));
    if (arena) arena.borrowed = true;
    return arena;
  }

  /** Gives the arena back: all pointers into it become invalid. @throws Error when it is not borrowed */
  release(): void {
    if (!this.borrowed) throw new Error("arena: released twice");
    this.borrowed = false;
    this.next = this.boardPointer + BOARD_BYTES;
    keep(this);
  }

  /**
   * A pointer to `bytes` bytes of memory; by default it is at the start of a cache line.
   *
   * @throws ArenaFullError when the memory would pass its maximum
   */
  allocate(bytes: number, alignment = 64): Pointer {
    const start = Math.ceil(this.next / alignment) * alignment;
    const missing = Math.ceil((start + bytes - this.bytes) / PAGE);
    if (missing > 0) this.grow(missing, bytes);
    this.next = start + bytes;
    return start;
  }

  /** Frees all allocated memory from `end` on. */
  trim(end: Pointer): void {
    this.next = end;
  }

  /** The current size of the memory. */
  get bytes(): number {
    return this.buffer.byteLength;
  }

  doubles(start: Pointer, length: number): Float64Array {
    return new Float64Array(this.buffer, start, length);
  }

  singles(start: Pointer, length: number): Float32Array {
    return new Float32Array(this.buffer, start, length);
  }

  ints(start: Pointer, length: number): Int32Array {
    return new Int32Array(this.buffer, start, length);
  }

  bytesAt(start: Pointer, length: number): Uint8Array {
    return new Uint8Array(this.buffer, start, length);
  }

  private grow(pages: number, bytes: number): void {
    if (this.bytes / PAGE + pages > MEMORY_PAGES.maximum) {
      throw new ArenaFullError(
        `arena: ${bytes} bytes more than the ${this.next} in use pass the maximum of ${MEMORY_PAGES.maximum * PAGE}`,
      );
    }
    this.memory.grow(pages);
    this.buffer = this.memory.buffer;
    this.heap = new Float64Array(this.buffer);
  }
}

let made = 0;
let warned = false;
let idle: Arena | undefined;
/**
 * Idle arenas. They may be garbage collected, but the engine may do that late, because it does not count shared memory.
 * Until then they are used again, so there are never more arenas than were once in use at the same time.
 */
let spares: WeakRef<Arena>[] = [];
const collected = new FinalizationRegistry<undefined>(forgetMemory);

/** Undefined, with one warning, if the system does not have the address space for the maximum size. */
function makeArena(make: () => Arena): Arena | undefined {
  try {
    return make();
  } catch (error) {
    if (!warned) host.warn(`dlfs computes in plain JavaScript, 20 times slower: ${(error as Error).message}`);
    warned = true;
    return undefined;
  }
}

function keep(arena: Arena): void {
  if (idle === undefined && arena.bytes <= KEPT_BYTES) idle = arena;
  else spares.push(new WeakRef(arena));
}

function takeIdle(): Arena | undefined {
  if (idle !== undefined) {
    const taken = idle;
    idle = undefined;
    return taken;
  }
  const taken = spares.map((spare) => spare.deref()).find((arena) => arena !== undefined);
  spares = spares.filter((spare) => ![undefined, taken].includes(spare.deref()));
  return taken;
}

/** The idle arena that is kept for the next work, if there is one. */
export function idleArena(): Arena | undefined {
  return idle;
}

/** Runs `work` in a borrowed arena and releases the arena, also after an error; without an arena runs `otherwise`. */
export function withArena<T>(work: (arena: Arena) => T, otherwise: () => T): T {
  const arena = Arena.borrow();
  if (arena === undefined) return otherwise();
  try {
    return work(arena);
  } finally {
    arena.release();
  }
}
