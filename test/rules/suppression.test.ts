import { describe, expect, it } from "vitest";
import { strictPolicy, type PolicyInForce, type Suppression } from "../../src/rules/policy/policy.ts";
import { expiredSuppressions, staleSuppressions } from "../../src/rules/policy/suppression.ts";
import type { Finding } from "../../src/rules/finding.ts";

const sarama: Finding = {
  rule: "dependency-mismatch",
  severity: "error",
  message: "differs",
  subject: "github.com/IBM/sarama",
  fix: [],
};
const all = [
  { path: "/srv/plugins/kafka.so", findings: [sarama] },
  { path: undefined, findings: [] },
];

function policy(suppressions: readonly Suppression[], over: Partial<PolicyInForce> = {}): PolicyInForce {
  return { ...strictPolicy, suppressions, today: "2026-11-21", ...over };
}

describe("suppression-stale", () => {
  it("is told of a suppression that hides nothing, by what it is for", () => {
    const given = policy([{ rule: "target-mismatch", plugin: "kafka.so", reason: "known" }]);
    expect(staleSuppressions(given, all)).toMatchObject([
      {
        rule: "suppression-stale",
        severity: "error",
        message: "the suppression of target-mismatch in kafka.so matches nothing",
      },
    ]);
  });

  it("is not told of one that hides a finding, nor of a second one that would", () => {
    const known = { rule: "dependency-mismatch", reason: "known" } as const;
    expect(staleSuppressions(policy([known, { ...known, plugin: "kafka*" }]), all)).toEqual([]);
  });

  it("says so where the rule is off anyway", () => {
    const given = policy([{ rule: "claim-flags", reason: "known" }], {
      severities: { "claim-flags": "off" },
    });
    expect(staleSuppressions(given, all)).toMatchObject([{ cause: "The rule is off anyway." }]);
  });

  it("does not say so if only a different rule is off, and tells to remove it", () => {
    const given = policy([{ rule: "claim-flags", reason: "known" }], {
      severities: { "claim-target": "off", "claim-flags": "note" },
    });
    expect(staleSuppressions(given, all)).toMatchObject([
      {
        cause: expect.stringMatching(/^The problem it covered is fixed or gone/) as string,
        fix: [{ kind: "advice", text: "Remove it from the configuration." }],
      },
    ]);
  });

  it.each([
    [{}, "claim-flags"],
    [{ plugin: "kafka*" }, "claim-flags in kafka*"],
    [{ subject: "build_flags" }, "claim-flags about build_flags"],
    [{ plugin: "kafka*", subject: "build_flags" }, "claim-flags in kafka* about build_flags"],
  ])("names all that it is for: %j", (over, subject) => {
    const given = policy([{ rule: "claim-flags", reason: "known", ...over }]);
    expect(staleSuppressions(given, all)).toMatchObject([{ subject }]);
  });

  it("is not told of one that hides a finding of the host or the set", () => {
    const given = policy([{ rule: "dependency-mismatch", reason: "known" }]);
    expect(staleSuppressions(given, [{ path: undefined, findings: [sarama] }])).toEqual([]);
  });
});

describe("suppression-expired", () => {
  const known = { rule: "dependency-mismatch", reason: "OPS-1", expires: "2026-11-20" } as const;

  it("is told from the day after the last, with the reason that was given", () => {
    expect(expiredSuppressions(policy([known]))).toMatchObject([
      {
        rule: "suppression-expired",
        severity: "error",
        subject: "dependency-mismatch",
        message: "the suppression of dependency-mismatch expired on 2026-11-20; its reason was: OPS-1",
        fix: [{ kind: "advice", text: expect.stringContaining("new expiry date") as string }],
      },
    ]);
    expect(expiredSuppressions(policy([known], { today: "2026-11-20" }))).toEqual([]);
  });

  it("stands for stale, too", () => {
    expect(staleSuppressions(policy([{ ...known, rule: "target-mismatch" }]), all)).toEqual([]);
  });
});
