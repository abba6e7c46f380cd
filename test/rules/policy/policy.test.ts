import { describe, expect, it } from "vitest";
import { bySeverity, counts, severities, type Check, type Finding } from "../../../src/rules/finding.ts";
import { applyPolicy, checksUnder } from "../../../src/rules/policy/apply.ts";
import { isExpired, policyInForce, strictPolicy, type PolicyName } from "../../../src/rules/policy/policy.ts";
import { weighed } from "../../../src/rules/policy/severity.ts";

const found = (over: Partial<Finding> = {}): Finding => ({
  rule: "target-mismatch",
  severity: "error",
  message: "is wrong",
  fix: [],
  ...over,
});
const strict = { ...strictPolicy, today: "2026-11-21" };

describe("a policy in force", () => {
  it("is the rules' own, with proof as its base, if nothing is configured", () => {
    expect(policyInForce({}, new Date("2026-11-21T23:59:59Z"))).toEqual({
      base: "proof",
      severities: {},
      suppressions: [],
      today: "2026-11-21",
    });
  });

  it("is what is configured", () => {
    const configured = {
      base: "loader",
      severities: { "claim-flags": "off" },
      suppressions: [{ rule: "claim-flags", reason: "known" }],
    } as const;
    expect(policyInForce(configured, new Date("2026-11-21T00:00:00Z"))).toEqual({
      ...configured,
      today: "2026-11-21",
    });
  });

  it.each([
    [undefined, false],
    ["2026-11-20", true],
    ["2026-11-21", false],
    ["2026-11-22", false],
  ])("takes a suppression that ends on %s for expired, or not", (expires, expired) => {
    const given = {
      rule: "claim-flags",
      reason: "known",
      ...(expires === undefined ? {} : { expires }),
    } as const;
    expect(isExpired(given, "2026-11-21")).toBe(expired);
  });
});

describe("a policy", () => {
  it("leaves findings as they are if there is none", () => {
    const findings = [found({ severity: "note" }), found()];
    expect(applyPolicy(findings, { path: "a.so", loads: true }, undefined)).toBe(findings);
  });

  it("says why a rule that is off still shows", () => {
    const of = found({ rule: "loader-refuses" });
    const policy = { ...strictPolicy, severities: { "loader-refuses": "off" } } as const;
    expect(weighed(of, policy, { loads: false })).toEqual([
      { ...of, suppressed: { reason: "the rule is off in the configuration", expires: null } },
    ]);
  });

  it("lets no suppression take the place of that", () => {
    const policy = {
      ...strict,
      severities: { "loader-refuses": "off" },
      suppressions: [{ rule: "loader-refuses", reason: "known" }],
    } as const;
    expect(
      applyPolicy([found({ rule: "loader-refuses" })], { path: "a.so", loads: false }, policy),
    ).toMatchObject([{ suppressed: { reason: "the rule is off in the configuration" } }]);
  });

  it("weighs a finding of the path that it is about only", () => {
    const policy = {
      ...strict,
      suppressions: [{ rule: "target-mismatch", plugin: "a.so", reason: "known" }],
    } as const;
    const hidden = (path: string) => applyPolicy([found()], { path, loads: false }, policy)[0]?.suppressed;
    expect([hidden("b.so"), hidden("x/a.so")]).toEqual([undefined, { reason: "known", expires: null }]);
  });

  it.each([
    ["strict", "build-flags-mismatch", "error"],
    ["loader", "build-flags-mismatch", "warning"],
    ["loader", "toolchain-mismatch", "warning"],
    ["loader", "target-mismatch", "error"],
    ["proof", "build-flags-mismatch", "warning"],
    ["proof", "toolchain-mismatch", "error"],
  ] as const)("%s makes an error of %s a %s if all hashes are equal", (base, rule, severity) => {
    const policy = { ...strictPolicy, base };
    expect(weighed(found({ rule }), policy, { loads: true, equalPackages: 2 })).toMatchObject([{ severity }]);
  });

  it.each(["strict", "loader", "proof"] as const)("%s leaves a warning and a note as they are", (base) => {
    for (const severity of ["warning", "note"] as const) {
      const of = found({ rule: "build-flags-mismatch", severity });
      expect(weighed(of, { ...strictPolicy, base }, { loads: true, equalPackages: 2 })).toEqual([of]);
    }
  });
});

describe("a comparison under a policy", () => {
  const check: Check = { rule: "target-mismatch", status: "mismatch", decisive: true, sufficient: true };
  const under = (
    of: Check,
    before: readonly Finding[],
    after: readonly Finding[],
    base: PolicyName = "proof",
  ) => checksUnder({ ...strict, base }, [of], before, after);

  it("that was let pass matches, and proves nothing", () => {
    expect(under(check, [found()], [])).toEqual([{ ...check, status: "match", sufficient: false }]);
    const hidden = found({ suppressed: { reason: "known", expires: null } });
    expect(under(check, [found()], [hidden])).toEqual([{ ...check, status: "match", sufficient: false }]);
  });

  it.each([
    ["its error is left", "mismatch", [found()], [found()]],
    ["it had no error", "mismatch", [found({ severity: "warning" })], []],
    ["only another rule had one", "mismatch", [found({ rule: "claim-flags" })], []],
    ["it is unknown", "unknown", [found()], []],
  ] as const)("stays as it is if %s", (_, status, before, after) => {
    expect(under({ ...check, status }, before, after)).toEqual([{ ...check, status }]);
  });

  it("is not sufficient under strict only", () => {
    const match: Check = { ...check, status: "match" };
    expect(under(match, [], [], "strict")).toEqual([{ ...match, sufficient: false }]);
    expect(under(match, [], [], "loader")).toEqual([match]);
    const other: Check = { rule: "target-mismatch", status: "match", decisive: true };
    expect(under(other, [], [], "strict")).toEqual([other]);
  });
});

describe("severities", () => {
  it("are ordered, the worst first, and findings of one keep their order", () => {
    expect(severities).toEqual(["error", "warning", "note"]);
    const all = (["note", "error", "warning", "error", "note"] as const).map((severity, at) =>
      found({ severity, message: `${at}` }),
    );
    expect(bySeverity(all).map(({ message }) => message)).toEqual(["1", "3", "2", "0", "4"]);
  });

  it("count if nothing suppresses the finding", () => {
    const suppressed = { reason: "known", expires: null };
    expect(counts(found({ severity: "warning" }), "warning")).toBe(true);
    expect(counts(found({ severity: "warning" }), "error")).toBe(false);
    expect(counts(found({ severity: "warning", suppressed }), "warning")).toBe(false);
  });
});
