import { describe, expect, it } from "vitest";
import type { Obstacle } from "../../../src/loader/obstacle.ts";
import type { PredictedLoad } from "../../../src/loader/predict-load.ts";
import type { Prediction } from "../../../src/loader/prediction.ts";
import { hostCannotLoadPlugins } from "../../../src/rules/loader/host-cannot-load-plugins/rule.ts";
import { loaderCrashes } from "../../../src/rules/loader/loader-crashes/rule.ts";
import { loaderRefuses } from "../../../src/rules/loader/loader-refuses/rule.ts";
import type { LoaderRule } from "../../../src/rules/rule.ts";
import { examplePair } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

type Outcome = Obstacle["outcome"];

const own = (outcome: Outcome): Obstacle => ({
  outcome,
  check: "truncated",
  message: null,
  cause: "Cut off.",
});
const ofHost = (outcome: Outcome): Obstacle => ({
  outcome,
  check: "no-loader",
  message: null,
  cause: "It is static.",
  ofHost: true,
});

function fails(first: Obstacle, ...further: readonly Obstacle[]): Prediction {
  return { outcome: first.outcome, first, further, needs: [] };
}

function predicted(prediction: Prediction, opener: PredictedLoad["opener"] = "plugin.Open"): PredictedLoad {
  const causes = [
    { kind: "unexplained", subject: "fmt", packages: [], text: "The files do not tell." },
  ] as const;
  return { prediction, opener, plugin: undefined, causes };
}

const rules: readonly LoaderRule[] = [loaderRefuses, loaderCrashes, hostCannotLoadPlugins];

/** The rules that find something, each with the cause. */
function found(loader: PredictedLoad | undefined): readonly (readonly [string, string | undefined])[] {
  return rules.flatMap((rule) =>
    rule.evaluate({ loader }).findings.map(({ cause }) => [rule.id, cause] as const),
  );
}

describe("the loader's answer", () => {
  it.each([
    ["a refusal", fails(own("refused")), [["loader-refuses", "Cut off."]]],
    ["a crash", fails(own("crash")), [["loader-crashes", "Cut off."]]],
    ["a host that refuses all", fails(ofHost("refused")), [["host-cannot-load-plugins", "It is static."]]],
    ["a host that crashes", fails(ofHost("crash")), [["host-cannot-load-plugins", "It is static."]]],
    [
      "a refusal before a host that refuses all",
      fails(own("refused"), own("refused"), ofHost("refused")),
      [
        ["loader-refuses", "Cut off. 2 more problems are hidden behind it."],
        ["host-cannot-load-plugins", "It is static."],
      ],
    ],
    ["a file that loads", { outcome: "loads", needs: [] }, []],
    ["what is unknown", { outcome: "unknown", why: "It depends.", needs: [] }, []],
  ] as const)("is found by the rule for %s, with all that is known of why", (_, prediction, causes) => {
    expect(found(predicted(prediction))).toEqual(
      causes.map(([rule, cause]) => [rule, `${cause} The files do not tell.`]),
    );
  });

  it("is nothing without a host", () => {
    expect(found(undefined)).toEqual([]);
  });

  it.each([loaderRefuses, loaderCrashes, hostCannotLoadPlugins])(
    "has the command of both sides: $id",
    (rule) => {
      const at = { check: "no-module-data", message: null, cause: "Why." } as const;
      const first = {
        "loader-refuses": { ...at, outcome: "refused" },
        "loader-crashes": { ...at, outcome: "crash" },
        "host-cannot-load-plugins": { ...at, outcome: "crash", ofHost: true },
      } as const;
      const loader = predicted(fails(first[rule.id]));
      const [finding] = rule.evaluate({
        ...examplePair(exampleManifest(), exampleManifest()),
        loader,
      }).findings;
      expect(finding?.fix?.map(({ kind }) => kind)).toEqual(["advice", "command"]);
    },
  );
});

describe("the comparison with what the loader says", () => {
  const loads = (...needs: readonly string[]): Prediction => ({ outcome: "loads", needs });
  const checkOf = (prediction: Prediction, opener: PredictedLoad["opener"]) =>
    loaderRefuses.evaluate({ loader: predicted(prediction, opener) }).check;

  it.each([
    ["plugin.Open", loads(), true, "plugin.Open would load it"],
    ["plugin.Open", loads("a", "b"), false, "plugin.Open would load it, given a, b"],
    ["dlopen", loads(), false, "dlopen would load it"],
  ] as const)(
    "is sufficient if %s compares packages and takes nothing for granted: %#",
    (opener, prediction, sufficient, reason) => {
      expect(checkOf(prediction, opener)).toEqual({ status: "match", decisive: false, sufficient, reason });
    },
  );

  it("decides if it is unknown", () => {
    const unsure: Prediction = { outcome: "unknown", why: "It depends.", needs: [] };
    expect(checkOf(unsure, "dlopen")).toEqual({ status: "unknown", decisive: true, reason: "It depends." });
  });

  it.each([
    ["refused", "dlopen would reject it"],
    ["crash", "dlopen would crash the host"],
  ] as const)("is a mismatch if it is %s", (outcome, reason) => {
    const mismatch = { status: "mismatch", decisive: false, reason };
    expect(checkOf(fails(own(outcome)), "dlopen")).toEqual(mismatch);
    expect(checkOf(fails(ofHost(outcome)), "dlopen")).toEqual(mismatch);
  });
});

describe("without a host's binary, a plugin's type", () => {
  it.each([
    ["elf", "executable", "an executable file", "e_type"],
    ["elf", "relocatable", "a relocatable file", "e_type"],
    ["elf", "core", "a core file", "e_type"],
    ["elf", "other", "a file of another type", "e_type"],
    ["macho", "executable", "an executable file", "filetype"],
  ] as const)("that no loader opens is named with where it was read: %s, %s", (format, kind, what, from) => {
    const pair = examplePair(exampleManifest(), exampleManifest(), { plugin: { format, kind } });
    expect(loaderRefuses.evaluate(pair)).toEqual({
      findings: [
        {
          message: `is not a shared library but ${what}, which no loader opens as a plugin`,
          plugin: { value: kind, from },
          fix: [{ kind: "advice", text: expect.stringContaining("-buildmode=plugin (Go)") as string }],
        },
      ],
    });
  });

  it.each(["shared-library", "bundle"] as const)("is right if it is a %s", (kind) => {
    const pair = examplePair(exampleManifest(), exampleManifest(), { plugin: { kind } });
    expect(loaderRefuses.evaluate(pair)).toEqual({ findings: [] });
  });
});
