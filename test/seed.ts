/** The seed of all random cases: another one each run, unless DLFS_FUZZ_SEED says which. */
export const seed = Number(process.env.DLFS_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 32));

/** A test's title with the setting that repeats its random cases. */
export const seeded = (text: string): string => `${text} (DLFS_FUZZ_SEED=${seed})`;
