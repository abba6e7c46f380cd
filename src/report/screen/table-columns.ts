/** What the columns of the tables are called; apart from the tables, so that help costs no more than it must. */

export const listColumns = [
  "plugin",
  "language",
  "toolchain",
  "target",
  "profile",
  "deps",
  "manifest",
  "built",
] as const;

export const checkColumns = ["plugin", "language", "toolchain", "target", "manifest", "verdict"] as const;
