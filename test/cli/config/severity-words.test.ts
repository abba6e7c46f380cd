import { describe, expect, it } from "vitest";
import { checkRuleNames } from "../../../src/cli/config/rule-names.ts";
import { inForce, type SomeSettings } from "../../../src/cli/config/settings.ts";
import { severitiesIn } from "../../../src/cli/config/severity-words.ts";
import { policyOf } from "../../../src/cli/config/request.ts";

describe("--severity", () => {
  it("gives each rule its level, of one rule the last", () => {
    expect(severitiesIn(["claim-flags=off", "manifest-missing=note", "claim-flags=error"])).toEqual({
      "claim-flags": "error",
      "manifest-missing": "note",
    });
    expect(severitiesIn(undefined)).toBeUndefined();
  });

  it.each(["claim-flags", "claim-flags=", "=error", "claim-flags=fatal", "claim-flags=error=off", ""])(
    "refuses %j",
    (text) => {
      expect(() => severitiesIn([text])).toThrow("expected RULE=LEVEL");
    },
  );

  it("refuses a rule that there is not", () => {
    expect(() => {
      checkRuleNames({ "claim-flag": "off" } as never);
    }).toThrow("unknown rule claim-flag");
  });

  it("overrides the configuration file rule by rule", () => {
    const layer = (values: SomeSettings) => ({ values, originOf: () => ({ kind: "default" }) as const });
    const { severities } = inForce([
      layer({ severities: { "claim-flags": "off" } }),
      layer({ severities: { "claim-flags": "error", "manifest-missing": "error" } }),
    ]);
    expect(severities).toEqual({ "claim-flags": "off", "manifest-missing": "error" });
  });
});

describe("--require-manifest", () => {
  const settings = inForce([]);
  it("makes a missing manifest an error, unless its severity is given", () => {
    const of = (over: object) =>
      policyOf({ ...settings, ...over }, new Date(0)).severities["manifest-missing"];
    expect(of({})).toBeUndefined();
    expect(of({ requireManifest: true })).toBe("error");
    expect(of({ requireManifest: true, severities: { "manifest-missing": "warning" } })).toBe("warning");
  });
});
