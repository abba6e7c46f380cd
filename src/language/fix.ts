/** What fixes a problem. */
export type Fix =
  /** A command to run as it is. */
  | {
      readonly kind: "command";
      readonly run: string;
      /** Whether the fix lasts, or what else to do. */
      readonly note?: string;
    }
  /** What to do, in words. */
  | { readonly kind: "advice"; readonly text: string };
