/** A file that is not what its name or header claims: wrong magic number, length, value or encoding. */
export class FileFormatError extends Error {
  /** What a cell shows before the message. */
  override readonly name = "FileFormatError";
}

/** A file that was asked for and is not there. */
export class MissingDataError extends Error {
  /** What a cell shows before the message. */
  override readonly name = "MissingDataError";
}
