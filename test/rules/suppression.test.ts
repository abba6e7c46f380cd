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
});

describe("suppression-expired", () => {
  const known = { rule: "dependency-mismatch", reason: "OPS-1", expires: "2026-11-20" } as const;

  it("is told from the day after the last, with the reason that was given", () => {
    expect(expiredSuppressions(policy([known]))).toMatchObject([
      {
        rule: "suppression-expired",
        severity: "error",
        message: "the suppression of dependency-mismatch expired on 2026-11-20; its reason was: OPS-1",
      },
    ]);
    expect(expiredSuppressions(policy([known], { today: "2026-11-20" }))).toEqual([]);
  });

  it("stands for stale, too", () => {
    expect(staleSuppressions(policy([{ ...known, rule: "target-mismatch" }]), all)).toEqual([]);
  });
});
