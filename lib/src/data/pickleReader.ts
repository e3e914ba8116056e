import { BufferReader } from "pickleparser";
import { latin1Text } from "./latin1";

/** The first opcode of a pickle of protocol 2 or later. */
export const PROTO = 0x80;

const BUILD = 0x62;
const TUPLE = 0x74;
const MEMOIZE = new Set([0x71, 0x72, 0x94]); // BINPUT, LONG_BINPUT, MEMOIZE

/**
 * The opcodes with which dictionaries, arrays and their types are written, with their names in Python's pickletools.
 */
const OPCODES = new Set([
  PROTO,
  0x95,
  0x2e, // PROTO, FRAME, STOP
  0x28,
  0x29,
  TUPLE,
  0x85,
  0x86,
  0x87, // MARK, EMPTY_TUPLE, TUPLE, TUPLE1, TUPLE2, TUPLE3
  0x7d,
  0x73,
  0x75,
  0x5d,
  0x61,
  0x65, // EMPTY_DICT, SETITEM, SETITEMS, EMPTY_LIST, APPEND, APPENDS
  0x71,
  0x72,
  0x94,
  0x68,
  0x6a, // BINPUT, LONG_BINPUT, MEMOIZE, BINGET, LONG_BINGET
  0x4e,
  0x88,
  0x89,
  0x4a,
  0x4b,
  0x4d,
  0x47, // NONE, NEWTRUE, NEWFALSE, BININT, BININT1, BININT2, BINFLOAT
  0x42,
  0x43,
  0x8e,
  0x96,
  0x58,
  0x8c,
  0x8d,
  0x54,
  0x55, // bytes, bytearray and text in their lengths, Python 2's text
  0x63,
  0x93,
  0x52,
  BUILD, // GLOBAL, STACK_GLOBAL, REDUCE, BUILD
]);

/**
 * Gives pickleparser the bytes of a pickle, and throws if a pickle could use unlimited time or memory.
 * pickleparser calls hasNext() before each opcode; there an opcode that no array needs is refused.
 */
export class StrictReader extends BufferReader {
  private previous = PROTO;

  constructor(private readonly content: Uint8Array) {
    super(content);
  }

  override hasNext(): boolean {
    const opcode = this.content[this.position];
    if (opcode === undefined) return false;
    if (!OPCODES.has(opcode)) throw new RangeError(`it uses opcode 0x${opcode.toString(16)}, which no array needs`);
    // the state of an array or a type is a tuple; a dictionary as state could set the length of a list
    if (opcode === BUILD && this.previous !== TUPLE)
      throw new RangeError("it builds an object from something that is no tuple");
    if (!MEMOIZE.has(opcode)) this.previous = opcode;
    return true;
  }

  /** With a negative length the same opcodes would be read again and again. */
  override skip(length: number): void {
    if (length < 0 || length > this.content.length - this.position) {
      throw new RangeError(`${length} bytes wanted at ${this.position} of ${this.content.length}`);
    }
    super.skip(length);
  }

  override uint64(): number {
    const low = this.uint32();
    return low + 2 ** 32 * this.uint32();
  }

  /**
   * pickleparser would decode Python 2's raw text as windows-1252, which changes bytes, and would accept broken UTF-8.
   */
  override string(size: number, encoding: "ascii" | "utf-8"): string {
    const bytes = this.bytes(size) as Uint8Array;
    return encoding === "ascii"
      ? latin1Text(bytes)
      : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  }
}
