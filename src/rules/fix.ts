/** What fixes a finding. */
export type Fix =
  /** A command to run as it stands. */
  | {
      readonly kind: "command";
      readonly run: string;
      /** Whether it lasts, or what else to do. */
      readonly note?: string;
    }
  /** What to do, in words. */
  | { readonly kind: "advice"; readonly text: string };
