/** More than this no archive may ask for: what is read is bounded by the file's size, and what is kept by these. */
export interface Limits {
  /** Entries of all layers together. Each becomes an object in memory; large images have some 200,000. */
  readonly entries: number;
  /** Bytes of all names together. */
  readonly names: number;
  /** Bytes in the temporary folder. */
  readonly stored: number;
  /** Compressed data may become so many times as long, and so many bytes in any case. An image's layers become 2 to 5 times as long. */
  readonly ratio: number;
  readonly inflated: number;
}

export const defaultLimits: Limits = {
  entries: 500_000,
  names: 128 * 2 ** 20,
  stored: 8 * 2 ** 30,
  ratio: 200,
  inflated: 256 * 2 ** 20,
};

/** Bytes of one path; Linux opens no longer one (PATH_MAX). */
export const longestPath = 4096;
