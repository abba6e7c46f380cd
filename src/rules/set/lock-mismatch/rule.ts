import type { LockDifference, SetRule } from "../../rule.ts";
import type { FindingDraft } from "../../draft.ts";

export const lockMismatch = {
  id: "lock-mismatch",
  group: "set",
  title: "the set is not the one that was locked",
  checkTitle: "locked set",
  severity: "error",
  loader: "regardless",
  evaluate: ({ lock = [] }) => lock.map(draft),
} satisfies SetRule;

function draft({ kind, what, name, now, locked }: LockDifference): FindingDraft {
  return {
    subject: name,
    message: messages[kind](what, name),
    ...(now === undefined ? {} : { [what === "host" ? "host" : "plugin"]: now }),
    ...(locked === undefined ? {} : { other: locked }),
    ...(what === "policy" ? { cause: policyCause } : {}),
    fix: [
      {
        kind: "advice",
        text: "Where the change is meant, review it and rewrite the lock with `plugins lock`.",
      },
    ],
  };
}

const policyCause =
  "Policy, severities, suppressions, --fail-on, --max-warnings, --allow-unknown, --expect, --arch, --target-glibc or the carriers' names differ; `plugins config` shows what holds.";

const messages: Readonly<Record<LockDifference["kind"], (what: string, name: string) => string>> = {
  added: (what, name) => `${name} is no ${what} of the lock`,
  removed: (what, name) => `${name} is a ${what} of the lock, and is not there`,
  changed: (what, name) =>
    what === "policy"
      ? "the policy is another than the lock's"
      : `${name} is another ${what} than the lock's`,
};
