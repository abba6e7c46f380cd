import { describe, expect, it } from "vitest";
import { exitCodeOf, inspectExitCode } from "../../src/check/model/exit-code.ts";
import { gateFailures } from "../../src/check/model/gate-failure.ts";
import { failureText, waivedText } from "../../src/report/model/failure-text.ts";
import { listLine, summaryLine } from "../../src/report/screen/block/summary-line.ts";
import {
  checked,
  debug,
  everyVerdict,
  inspected,
  kafka,
  legacy,
  listed,
  notes,
  redact,
} from "../support/example-results.ts";
import type { Finding } from "../../src/rules/finding.ts";

const strict = { allowUnknown: false };

const about = (severity: Finding["severity"]): Finding => ({
  rule: "expected-plugin-missing",
  severity,
  message: "is not there",
  fix: [],
});

describe("the exit code of a check", () => {
  it.each([
    ["nothing at all", checked([]), 0, 0],
    ["a compatible plugin", checked([debug]), 0, 0],
    ["an incompatible plugin", checked([debug, kafka]), 1, 1],
    ["an unreadable file", checked([debug, notes]), 1, 1],
    ["an unknown plugin", checked([debug, legacy]), 1, 0],
    ["an error about the set", checked([debug], [about("error")]), 1, 1],
    ["a warning about the set", checked([debug], [about("warning")]), 0, 0],
    ["a note about the set", checked([debug], [about("note")]), 0, 0],
  ])("with %s", (_, result, code, allowed) => {
    expect(exitCodeOf(result, strict)).toBe(code);
    expect(exitCodeOf(result, { allowUnknown: true })).toBe(allowed);
  });
});

const warned = checked([debug], [about("warning"), about("warning")]);

describe("the gate", () => {
  const noted = checked([debug], [about("note")]);

  it.each([
    ["error", 0, 0, 1],
    ["warning", 1, 0, 1],
    ["note", 1, 1, 1],
    ["never", 0, 0, 0],
  ] as const)("fails on %s and what is worse", (failOn, forWarnings, forNotes, forErrors) => {
    const gate = { allowUnknown: false, failOn };
    expect([warned, noted, everyVerdict].map((result) => exitCodeOf(result, gate))).toEqual([
      forWarnings,
      forNotes,
      forErrors,
    ]);
  });

  it.each([
    [0, 1],
    [1, 1],
    [2, 0],
  ])("with --max-warnings %d, two warnings give %d", (maxWarnings, code) => {
    expect(exitCodeOf(warned, { allowUnknown: false, maxWarnings })).toBe(code);
  });

  it("gives the number of warnings and the limit, once", () => {
    const gate = { allowUnknown: false, maxWarnings: 1, failOn: "warning" } as const;
    expect(gateFailures(warned, gate)).toEqual([{ kind: "warnings", count: 2, allowed: 1 }]);
    expect(failureText(warned, gate)).toBe("Failing: 2 warnings, over the limit of 1 (exit 1).");
  });

  it("counts nothing that is suppressed", () => {
    const hidden = { ...about("error"), suppressed: { reason: "known", expires: null } };
    expect(exitCodeOf(checked([debug], [hidden]), { allowUnknown: false, failOn: "note" })).toBe(0);
  });
});

describe("the exit code of inspect", () => {
  it("is 1 for an unreadable file alone", () => {
    expect(inspectExitCode(inspected(notes))).toBe(1);
    expect(inspectExitCode(inspected(kafka))).toBe(0);
  });
});

describe("the line with the reason of failure", () => {
  it("names all reasons", () => {
    expect(failureText(everyVerdict, strict)).toBe(
      "Failing: 2 incompatible, 1 unreadable, 1 unknown and 1 error about the host or the set (exit 1).",
    );
  });

  it("suggests --allow-unknown if nothing else is wrong", () => {
    expect(failureText(checked([legacy]), strict)).toContain("--allow-unknown");
    expect(failureText(checked([legacy, redact]), strict)).not.toContain("--allow-unknown");
  });

  it("says what would fail if the gate lets everything pass", () => {
    expect(waivedText(everyVerdict, { failOn: "never" })).toBe(
      "Passes only because of --fail-on never: 2 incompatible, 1 unreadable, 1 unknown and 1 error about the host or the set (exit 0).",
    );
    expect(waivedText(warned, { failOn: "never", maxWarnings: 1 })).toContain(
      "2 warnings, over the limit of 1",
    );
    expect(waivedText(checked([legacy]), { failOn: "never", allowUnknown: true })).toBeUndefined();
    expect(waivedText(everyVerdict, { failOn: "error" })).toBeUndefined();
  });

  it("is not there on a green run", () => {
    expect(failureText(checked([debug]), strict)).toBeUndefined();
    expect(gateFailures(checked([legacy]), { allowUnknown: true })).toEqual([]);
  });
});

describe("the summary", () => {
  it("counts verdicts and findings", () => {
    expect(summaryLine(everyVerdict, 0.314)).toBe(
      "6 plugins: 2 compatible, 1 unknown, 1 unreadable, 2 incompatible     4 errors, 3 warnings     0.31 s",
    );
    expect(summaryLine(everyVerdict, 0.314, 80)).toBe(
      "6 plugins: 2 compatible, 1 unknown, 1 unreadable, 2 incompatible\n4 errors, 3 warnings     0.31 s",
    );
  });

  it("of a listing counts what could not be read", () => {
    expect(listLine(listed([debug, notes]), 1)).toBe("2 plugins, 1 unreadable     1.00 s");
    expect(listLine(listed([debug]), 1)).toBe("1 plugin     1.00 s");
  });
});
