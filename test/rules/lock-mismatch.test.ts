import { describe, expect, it } from "vitest";
import { judgeSet } from "../../src/rules/evaluation.ts";
import type { LockDifference, PluginSet } from "../../src/rules/rule.ts";

const now = { value: "sha256 1, 10 bytes", from: "plugins/a.so" };
const locked = { value: "sha256 2, 10 bytes", from: "plugins.lock.json" };

function judged(lock: readonly LockDifference[]): ReturnType<typeof judgeSet> {
  const set: PluginSet = { plugins: [], expected: [], lock };
  return judgeSet(set);
}

describe("lock-mismatch", () => {
  it.each([
    ["added", "plugin", "plugins/a.so is not in the lock"],
    ["removed", "plugin", "plugins/a.so is in the lock but missing"],
    ["changed", "plugin", "plugins/a.so differs from the lock"],
    ["changed", "host", "the host plugins/a.so differs from the lock"],
    ["changed", "policy", "the policy differs from the lock"],
  ] as const)("says of %s %s what it is", (kind, what, message) => {
    expect(judged([{ kind, what, name: "plugins/a.so", now, locked }])).toMatchObject([
      { rule: "lock-mismatch", severity: "error", subject: "plugins/a.so", message },
    ]);
  });

  it("shows what is there and what was locked", () => {
    const [finding] = judged([{ kind: "changed", what: "plugin", name: "a.so", now, locked }]);
    expect(finding).toMatchObject({ plugin: now, other: locked });
  });

  it.each([
    ["plugin", "changed", { plugin: now, other: locked, bundle: "changed" }],
    ["plugin", "added", { plugin: now, other: locked, bundle: "added" }],
    ["host", "changed", { host: now, other: locked }],
  ] as const)("shows a %s on its own side, %s, and what updates the lock", (what, kind, fields) => {
    const [finding] = judged([{ kind, what, name: "a.so", now, locked }]);
    const { rule, severity, subject, message, fix, ...rest } = finding ?? {};
    expect([rule, severity, subject, typeof message]).toEqual(["lock-mismatch", "error", "a.so", "string"]);
    expect(rest).toEqual(fields);
    expect(fix).toMatchObject([
      { kind: "advice", text: expect.stringContaining("`plugins lock`") as string },
    ]);
  });

  it.each([
    ["added", now, undefined, ["plugin"]],
    ["removed", undefined, locked, ["other"]],
  ] as const)("shows nothing of what is missing on one side: %s", (kind, there, before, sides) => {
    const [finding] = judged([{ kind, what: "plugin", name: "a.so", now: there, locked: before }]);
    expect(["plugin", "host", "other"].filter((side) => side in (finding ?? {}))).toEqual(sides);
  });

  it("names the settings that the lock covers", () => {
    const policy = {
      kind: "changed",
      what: "policy",
      name: "policy",
      now: undefined,
      locked: undefined,
    } as const;
    const [finding] = judged([{ ...policy, settings: ["--arch", "--sysroot", "severities"] }]);
    expect(finding?.cause).toBe(
      "One or more of these settings differ: --arch, --sysroot, severities. `plugins config` shows the effective settings.",
    );
    expect(judged([policy])[0]?.cause).toBe("`plugins config` shows the effective settings.");
  });

  it("finds nothing in a set that is as it was locked", () => {
    expect(judged([])).toEqual([]);
  });
});
