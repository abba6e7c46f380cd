import { describe, expect, it } from "vitest";
import type { PredictedLoad } from "../../src/loader/predict-load.ts";
import type { Obstacle } from "../../src/loader/obstacle.ts";
import type { Prediction } from "../../src/loader/prediction.ts";
import { judgeLoader, judgePair } from "../../src/rules/evaluation.ts";
import { judge } from "../../src/rules/verdict.ts";
import { examplePair } from "../support/example-artifact.ts";
import { exampleManifest } from "../support/example-manifest.ts";

const hash: Obstacle = {
  outcome: "refused",
  check: "package-hash",
  message: 'plugin.Open("p"): plugin was built with a different version of package runtime',
  cause: "The package was compiled differently.",
  subject: "runtime",
};

function predicted(prediction: Prediction, opener: PredictedLoad["opener"] = "plugin.Open"): PredictedLoad {
  return { prediction, opener, plugin: undefined, causes: [] };
}

function fails(first: Obstacle, further: readonly Obstacle[] = []): PredictedLoad {
  return predicted({ outcome: first.outcome, first, further, needs: [] });
}

const loads: Prediction = { outcome: "loads", needs: [] };

function check(loader: PredictedLoad, plugin = exampleManifest(), host = exampleManifest()) {
  const { findings, checks } = judgePair({ ...examplePair(plugin, host), loader }, undefined);
  return { findings, ...judge(findings, checks) };
}

describe("the rule for what the loader says", () => {
  it("is loader-refuses where it gives the host an error", () => {
    const { findings, verdict } = check(fails(hash, [{ ...hash, subject: "fmt" }]));
    expect(findings).toMatchObject([
      {
        rule: "loader-refuses",
        message: `the loader will reject it: ${hash.message ?? ""}`,
        subject: "runtime",
        cause: "The package was compiled differently. First of 2 such failures.",
      },
    ]);
    expect(verdict).toBe("incompatible");
  });

  it("is loader-crashes where the host's process ends", () => {
    const dies: Obstacle = { outcome: "crash", check: "truncated", message: null, cause: "It is cut off." };
    expect(check(fails(dies)).findings.map(({ rule }) => rule)).toEqual(["loader-crashes"]);
  });

  it("is host-cannot-load-plugins where no plugin would load, and says so of files that cannot be read", () => {
    const deaf: Obstacle = { ...hash, check: "not-implemented", ofHost: true };
    expect(check(fails(deaf)).findings.map(({ rule }) => rule)).toEqual(["host-cannot-load-plugins"]);
    expect(judgeLoader(fails(deaf)).map(({ rule }) => rule)).toEqual(["host-cannot-load-plugins"]);
  });

  it("shows what is unknown before the first obstacle", () => {
    const prediction: Prediction = {
      outcome: "refused",
      first: { ...hash, message: null },
      further: [],
      unknown: "The target's glibc is unknown.",
      needs: [],
    };
    expect(check(predicted(prediction)).findings[0]?.cause).toBe(
      "The package was compiled differently. The loader may stop earlier with another message: The target's glibc is unknown.",
    );
  });

  it("tells to fix the host if no plugin can register with it", () => {
    const deaf: Obstacle = { outcome: "crash", check: "no-module-data", message: null, cause: "It is deaf." };
    const fixOf = (first: Obstacle) => check(fails(first)).findings[0]?.fix;
    expect(fixOf({ ...deaf, ofHost: true })).toMatchObject([
      { text: expect.stringMatching(/^Link the host/) as string },
      { run: "CGO_ENABLED=1 GOTOOLCHAIN=go1.26.8 go build -trimpath ." },
    ]);
    expect(fixOf(deaf)).toMatchObject([
      { text: expect.stringMatching(/^Build the plugin/) as string },
      { run: "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath ." },
    ]);
  });

  it("is host-cannot-load-plugins too where the plugin has a fault of its own that comes first", () => {
    const lacking: Obstacle = {
      outcome: "refused",
      check: "missing-library",
      message: null,
      cause: "It lacks.",
    };
    const deaf: Obstacle = {
      outcome: "crash",
      check: "no-module-data",
      message: null,
      cause: "It is deaf.",
      ofHost: true,
    };
    expect(check(fails(lacking, [deaf])).findings.map(({ rule, message }) => [rule, message])).toEqual([
      ["host-cannot-load-plugins", "loading it crashes the host process"],
      ["loader-refuses", "the loader will reject it"],
    ]);
  });
});

describe("a plugin that the loader takes", () => {
  const unclear = exampleManifest({ toolchain_version: "latest" });

  it("is compatible where plugin.Open compared its packages, though a manifest leaves something open", () => {
    expect(check(predicted(loads), unclear, unclear).verdict).toBe("compatible");
  });

  it("stays unknown where plugin.Open's answer hangs on what the target offers", () => {
    const why = "It loads only if the target has glibc >= 2.38, which is not known.";
    const needing = predicted({ outcome: "unknown", why, needs: ["glibc >= 2.38"] });
    expect(check(needing, unclear, unclear).verdict).toBe("unknown");
  });

  it("stays unknown where plugin.Open's answer takes something for granted", () => {
    const granted = predicted({ outcome: "loads", needs: ["a certificate that is not revoked"] });
    expect(check(granted, unclear, unclear).verdict).toBe("unknown");
  });

  it("stays unknown where dlopen compares nothing", () => {
    expect(check(predicted(loads, "dlopen"), unclear, unclear).verdict).toBe("unknown");
  });

  it("is incompatible all the same where a manifest differs", () => {
    expect(check(predicted(loads), exampleManifest({ toolchain_version: "1.0" })).verdict).toBe(
      "incompatible",
    );
  });
});

describe("a plugin of which the loader's answer is unknown", () => {
  it("is unknown, however well the manifests match", () => {
    const unsure = predicted({ outcome: "unknown", why: "The host's C library is unknown.", needs: [] });
    expect(check(unsure).verdict).toBe("unknown");
    expect(check(unsure, exampleManifest(), exampleManifest({ toolchain_version: "1.0" })).verdict).toBe(
      "incompatible",
    );
    const unclear = exampleManifest({ toolchain_version: "latest" });
    expect(check(unsure, unclear, unclear).verdict).toBe("unknown");
  });
});
