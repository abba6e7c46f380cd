import type { DyldCheck } from "../check.ts";
import { filled, type MessageForm } from "../message-form.ts";
import type { Obstacle } from "../obstacle.ts";
import { obstacle, type Step } from "../step.ts";

/** One reason why dyld rejects a file, before it is wrapped in a message. */
export interface Reason extends Omit<Obstacle, "message" | "check"> {
  readonly check: DyldCheck;
  /** What dyld says about the file, in the parentheses after its path; null if that cannot be known. */
  readonly text: string | null;
}

/** What is found out about one file, in dyld's order. */
export type FileStep = Step<Reason>;

export function refused(reason: Omit<Reason, "outcome">): FileStep {
  return obstacle({ outcome: "refused", ...reason });
}

type DyldForm = MessageForm & { readonly check: DyldCheck };

/** A form and the text that it makes, for a reason. */
export function said<Form extends DyldForm>(
  form: Form,
  values: Parameters<typeof filled<Form>>[1],
): { readonly check: DyldCheck; readonly text: string } {
  return { check: form.check, text: filled(form, values) };
}

/** The reasons among the steps. */
export function reasonsIn(steps: readonly FileStep[]): readonly Reason[] {
  return steps.flatMap((step) => (step.kind === "obstacle" ? [step.obstacle] : []));
}
