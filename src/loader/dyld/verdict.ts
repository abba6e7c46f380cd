import type { Obstacle } from "../prediction.ts";
import type { DyldCheck } from "../check.ts";

/** One reason why dyld does not take a file, before it is wrapped in a message. */
export interface Reason extends Omit<Obstacle, "message" | "check"> {
  readonly check: DyldCheck;
  /** What dyld says of the file, in the parentheses after its path; null where that cannot be known. */
  readonly text: string | null;
}

/** What is found out about a file, in the order in which dyld looks. */
export class Verdict {
  readonly reasons: Reason[] = [];
  /** What the files do not tell; one of them makes the answer unknown, unless dyld refuses anyway. */
  readonly doubts: string[] = [];
  readonly needs: string[] = [];

  get isRefused(): boolean {
    return this.reasons.length > 0;
  }

  refuse(reason: Omit<Reason, "outcome">): void {
    this.reasons.push({ outcome: "refused", ...reason });
  }

  crash(reason: Omit<Reason, "outcome" | "text">): void {
    this.reasons.push({ outcome: "crash", text: null, ...reason });
  }

  doubt(doubt: string): void {
    if (!this.doubts.includes(doubt)) this.doubts.push(doubt);
  }

  need(need: string): void {
    if (!this.needs.includes(need)) this.needs.push(need);
  }
}
