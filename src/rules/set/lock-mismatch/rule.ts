import type { LockDifference, SetRule } from "../../rule.ts";
import type { FindingDraft } from "../../draft.ts";

export const lockMismatch = {
  id: "lock-mismatch",
  group: "set",
  title: "the plugin set differs from the lock",
  many: (count) => `${count} files differ from the lock`,
  checkTitle: "locked set",
  severity: "error",
  loader: "regardless",
  evaluate: ({ lock = [] }) => lock.map(draft),
} satisfies SetRule;

function draft({ kind, what, name, now, locked, settings }: LockDifference): FindingDraft {
  return {
    subject: name,
    ...(what === "plugin" ? { bundle: kind } : {}),
    message: messages[kind](what, name),
    ...(now === undefined ? {} : { [what === "host" ? "host" : "plugin"]: now }),
    ...(locked === undefined ? {} : { other: locked }),
    ...(what === "policy" ? { cause: policyCause(settings) } : {}),
    fix: [
      {
        kind: "advice",
        text: "If the change is intended, review it and update the lock with `plugins lock`.",
      },
    ],
  };
}

/** A lock has only a digest of its policy, which does not tell one setting from the other. */
function policyCause(settings: LockDifference["settings"]): string {
  const which =
    settings === undefined ? "" : `One or more of these settings differ: ${settings.join(", ")}. `;
  return `${which}\`plugins config\` shows the effective settings.`;
}

const messages: Readonly<Record<LockDifference["kind"], (what: string, name: string) => string>> = {
  added: (_, name) => `${name} is not in the lock`,
  removed: (_, name) => `${name} is in the lock but missing`,
  changed: (what, name) =>
    what === "policy"
      ? "the policy differs from the lock"
      : `${what === "host" ? "the host " : ""}${name} differs from the lock`,
};
