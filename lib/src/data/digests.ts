import { host } from "../platform";
import { FileFormatError } from "./errors";

/** A file of data/ that is fetched, and what its content must be. */
export interface FetchedFile {
  /** Its name on the mirrors and in data/; .gz means that the content is compressed. */
  readonly name: string;
  /** Bytes of content, decompressed. */
  readonly size: number;
  /** SHA-256 of the content, decompressed. */
  readonly sha256: string;
}

/**
 * MNIST's four files and the book's weights. The mirrors compress the files differently, but their contents are equal.
 */
export const FETCHED_FILES: readonly FetchedFile[] = [
  {
    name: "train-images-idx3-ubyte.gz",
    size: 47040016,
    sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  },
  {
    name: "train-labels-idx1-ubyte.gz",
    size: 60008,
    sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  },
  {
    name: "t10k-images-idx3-ubyte.gz",
    size: 7840016,
    sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  },
  {
    name: "t10k-labels-idx1-ubyte.gz",
    size: 10008,
    sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  },
  {
    name: "sample_weight.pkl",
    size: 181853,
    sha256: "b7f55a27988ba34c3777b0f1bbd464817c8a4db855723e6ff26f703501917a13",
  },
];

/**
 * Checks that the bytes of a fetched file, which are compressed if its name ends in .gz, are those of the wanted file.
 * @throws FileFormatError if they cannot be decompressed, or the content has another length or SHA-256 digest.
 */
export async function checkFetched(bytes: Uint8Array, file: FetchedFile): Promise<void> {
  const content = file.name.endsWith(".gz") ? await decompress(bytes, file) : bytes;
  if (content.length !== file.size)
    throw new FileFormatError(`${file.name}: ${content.length} bytes of content: wanted ${file.size}`);
  const found = await host.bytes.sha256(content);
  if (found !== file.sha256) throw new FileFormatError(`${file.name}: SHA-256 ${found}: wanted ${file.sha256}`);
}

async function decompress(bytes: Uint8Array, file: FetchedFile): Promise<Uint8Array> {
  try {
    return await host.bytes.gunzip(bytes, file.size);
  } catch (cause) {
    throw new FileFormatError(`${file.name}: ${(cause as Error).message}: wanted the whole gzip file`, { cause });
  }
}
