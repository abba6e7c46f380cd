import { describe, expect, it } from "vitest";
import { applyPolicy, checksUnder } from "../../../src/rules/policy/apply.ts";
import {
  strictPolicy,
  type Policy,
  type PolicyName,
  type Suppression,
} from "../../../src/rules/policy/policy.ts";
import { counts, type Check, type Finding, type RuleId } from "../../../src/rules/finding.ts";
import { judge } from "../../../src/rules/verdict.ts";

const path = "/srv/plugins/kafka.so";

function found(rule: RuleId, over: Partial<Finding> = {}): Finding {
  return { rule, severity: "error", message: "is wrong", fix: [], ...over };
}

function apply(findings: readonly Finding[], policy: Partial<Policy>, loads = false): readonly Finding[] {
  return applyPolicy(findings, { path, loads }, { ...strictPolicy, today: "2026-11-21", ...policy });
}

describe("severities by rule", () => {
  it("change a finding, which keeps its rule's own severity beside", () => {
    expect(
      apply([found("build-profile-mismatch")], { severities: { "build-profile-mismatch": "note" } }),
    ).toEqual([{ ...found("build-profile-mismatch"), severity: "note", ruleSeverity: "error" }]);
  });

  it("leave a finding as it is where they say the same", () => {
    const findings = [found("target-mismatch")];
    expect(apply(findings, { severities: { "target-mismatch": "error" } })).toEqual(findings);
  });

  it("can make a note an error, which then comes first", () => {
    const note = found("dependency-not-in-host", { severity: "note" });
    const warning = found("duplicate-component", { severity: "warning" });
    const findings = apply([warning, note], { severities: { "dependency-not-in-host": "error" } });
    expect(findings.map(({ rule }) => rule)).toEqual(["dependency-not-in-host", "duplicate-component"]);
  });

  it("off takes a finding away", () => {
    expect(apply([found("claim-flags")], { severities: { "claim-flags": "off" } })).toEqual([]);
  });

  it.each(["loader-refuses", "loader-crashes", "host-cannot-load-plugins"] as const)(
    "off lets %s pass, and leaves it in sight",
    (rule) => {
      const [finding] = apply([found(rule)], { severities: { [rule]: "off" } });
      expect(finding).toMatchObject({ rule, severity: "error", suppressed: { expires: null } });
    },
  );
});

describe("the policy proof", () => {
  const weigh = (one: Finding, equalPackages: number | undefined): Finding | undefined =>
    applyPolicy(
      [one],
      { path, loads: true, equalPackages },
      { ...strictPolicy, base: "proof", today: "2026-11-21" },
    )[0];

  it.each(["build-flags-mismatch", "manifest-missing"] as const)(
    "makes %s a warning if all package hashes are equal, and says so",
    (rule) => {
      const finding = weigh(found(rule), 68);
      expect(finding).toMatchObject({ severity: "warning", ruleSeverity: "error" });
      expect(finding?.cause).toContain("68 of 68 package hashes are equal, ");
    },
  );

  it("leaves them errors if they are not equal, or not known, or none is shared", () => {
    for (const count of [undefined, 0])
      expect(weigh(found("build-flags-mismatch"), count)?.severity).toBe("error");
  });

  it.each([
    "dependency-mismatch",
    "toolchain-mismatch",
    "target-mismatch",
    "loader-refuses",
    "claim-flags",
  ] as const)("leaves %s an error", (rule) => {
    expect(weigh(found(rule), 68)).toEqual(found(rule));
  });

  it("adds to a cause, but not that only a policy objects", () => {
    const cause = "plugin.Open would still load it; only the policy objects.";
    const shown =
      "68 of 68 package hashes are equal, so plugin.Open loads it; what a package does not export is in no hash.";
    expect(weigh(found("build-flags-mismatch", { cause }), 68)?.cause).toBe(shown);
    expect(weigh(found("build-flags-mismatch", { cause: "Why." }), 68)?.cause).toBe(`Why. ${shown}`);
  });

  it("lets a rule's own severity decide", () => {
    const severities = { "build-flags-mismatch": "error" } as const;
    const [finding] = applyPolicy(
      [found("build-flags-mismatch")],
      { path, loads: true, equalPackages: 68 },
      { ...strictPolicy, base: "proof", severities, today: "2026-11-21" },
    );
    expect(finding?.severity).toBe("error");
  });
});

describe("the policy loader", () => {
  const severityOf = (rule: RuleId, loads: boolean): string | undefined =>
    apply([found(rule)], { base: "loader" }, loads)[0]?.severity;

  it.each(["build-flags-mismatch", "build-profile-mismatch", "claim-flags"] as const)(
    "makes %s a warning, whatever the loader says",
    (rule) => {
      expect([severityOf(rule, false), severityOf(rule, true)]).toEqual(["warning", "warning"]);
    },
  );

  it.each(["toolchain-mismatch", "dependency-mismatch", "claim-toolchain", "manifest-invalid"] as const)(
    "makes %s a warning only where the plugin is known to load",
    (rule) => {
      expect([severityOf(rule, false), severityOf(rule, true)]).toEqual(["error", "warning"]);
    },
  );

  it.each(["loader-refuses", "target-mismatch", "duplicate-plugin-path", "plugins-disagree"] as const)(
    "leaves %s an error",
    (rule) => {
      expect([severityOf(rule, false), severityOf(rule, true)]).toEqual(["error", "error"]);
    },
  );

  it("raises no note", () => {
    const note = found("build-flags-mismatch", { severity: "note" });
    expect(apply([note], { base: "loader" })).toEqual([note]);
  });

  it("gives way to a severity that is said", () => {
    const policy = { base: "loader", severities: { "build-flags-mismatch": "error" } } as const;
    expect(apply([found("build-flags-mismatch")], policy)[0]?.severity).toBe("error");
  });
});

describe("a suppression", () => {
  const sarama = found("dependency-mismatch", { subject: "github.com/IBM/sarama" });
  const by = (over: Partial<Suppression>): boolean => {
    const suppressions = [{ rule: "dependency-mismatch", reason: "known", ...over }] as const;
    return apply([sarama], { suppressions })[0]?.suppressed !== undefined;
  };

  it.each([
    ["its rule alone", {}, true],
    ["another rule", { rule: "target-mismatch" }, false],
    ["the plugin's name", { plugin: "kafka.so" }, true],
    ["another plugin", { plugin: "redact.so" }, false],
    ["the subject", { subject: "github.com/IBM/*" }, true],
    ["another subject", { subject: "github.com/acme/*" }, false],
    ["the end of the subject only", { subject: "sarama" }, false],
    ["today as its last day", { expires: "2026-11-21" }, true],
    ["yesterday as its last day", { expires: "2026-11-20" }, false],
  ] as const)("with %s hides it: %#", (_, over, hides) => {
    expect(by(over)).toBe(hides);
  });

  it("leaves the finding with its reason and last day", () => {
    const suppressions: readonly Suppression[] = [
      { rule: "dependency-mismatch", reason: "OPS-1", expires: "2027-01-31" },
      { rule: "dependency-mismatch", reason: "never reached" },
    ];
    expect(apply([sarama], { suppressions })).toEqual([
      { ...sarama, suppressed: { reason: "OPS-1", expires: "2027-01-31" } },
    ]);
  });

  it("with a subject hides nothing that has none", () => {
    const suppressions = [{ rule: "target-mismatch", subject: "**", reason: "known" }] as const;
    expect(apply([found("target-mismatch")], { suppressions })[0]).not.toHaveProperty("suppressed");
  });

  it("of a plugin hides nothing about the host or the set", () => {
    const policy = {
      ...strictPolicy,
      today: "2026-11-21",
      suppressions: [{ rule: "dependency-mismatch", plugin: "**", reason: "known" }],
    } as const;
    expect(applyPolicy([sarama], { path: undefined, loads: false }, policy)).toEqual([sarama]);
  });
});

describe("the verdict under a policy", () => {
  const toolchain: Check = { rule: "toolchain-mismatch", status: "mismatch", decisive: true };
  const target: Check = { rule: "target-mismatch", status: "match", decisive: true };
  const unsure: Check = { rule: "dependency-mismatch", status: "unknown", decisive: true, reason: "no sums" };
  const before = [found("toolchain-mismatch")];
  const verdictOf = (
    checks: readonly Check[],
    after: readonly Finding[],
    base: PolicyName = "proof",
  ): string =>
    judge(after, checksUnder({ ...strictPolicy, base, today: "2026-11-21" }, checks, before, after)).verdict;
  const lowered = apply(before, { severities: { "toolchain-mismatch": "warning" } });

  it("is compatible where all that was wrong is let pass", () => {
    expect(verdictOf([toolchain, target], lowered)).toBe("compatible");
    expect(verdictOf([toolchain, target], [])).toBe("compatible");
    const suppressions = [{ rule: "toolchain-mismatch", reason: "known" }] as const;
    expect(verdictOf([toolchain, target], apply(before, { suppressions }))).toBe("compatible");
  });

  it("stays incompatible where one error counts", () => {
    expect(verdictOf([toolchain, target], before)).toBe("incompatible");
    expect(verdictOf([toolchain, target], [...lowered, found("target-mismatch")])).toBe("incompatible");
  });

  it("stays unknown where something that decides is", () => {
    expect(verdictOf([toolchain, target, unsure], lowered)).toBe("unknown");
  });

  it("does not take an excused mismatch for a proof", () => {
    const hashes: Check = { ...toolchain, sufficient: true };
    expect(verdictOf([hashes, unsure], lowered)).toBe("unknown");
  });

  it("is not settled by the loader under the policy strict", () => {
    const loads: Check = { rule: "loader-refuses", status: "match", decisive: false, sufficient: true };
    expect(verdictOf([loads, target, unsure], [], "proof")).toBe("compatible");
    expect(verdictOf([loads, target, unsure], [], "loader")).toBe("compatible");
    expect(verdictOf([loads, target, unsure], [], "strict")).toBe("unknown");
    expect(verdictOf([loads, target], [], "strict")).toBe("compatible");
  });

  it("does not excuse a mismatch that no finding told of", () => {
    expect(verdictOf([{ ...target, status: "mismatch" }], lowered)).toBe("unknown");
  });
});

it("a suppressed error counts as none", () => {
  const hidden = found("target-mismatch", { suppressed: { reason: "known", expires: null } });
  expect([counts(hidden, "error"), counts(found("target-mismatch"), "error")]).toEqual([false, true]);
});
