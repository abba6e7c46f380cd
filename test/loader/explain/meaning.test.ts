import { describe, expect, it } from "vitest";
import { meaningOf } from "../../../src/loader/explain/meanings.ts";
import { isStandardPackage } from "../../../src/loader/explain/package-origin.ts";
import { parseLoaderMessage } from "../../../src/loader/explain/parse.ts";

function meaning(text: string) {
  const message = parseLoaderMessage(text);
  if (message === undefined) throw new Error(`not understood: ${text}`);
  return meaningOf(message);
}

const mismatch = (name: string): string => `plugin was built with a different version of package ${name}`;

describe("a package that differs", () => {
  it("of those that are checked first means another release or -trimpath, and no module", () => {
    const { says, causes } = meaning(mismatch("internal/goarch"));
    expect(says).toContain("no single module is at fault");
    expect(causes[0]).toContain("-trimpath");
    expect(causes[1]).toContain("Go release");
  });

  it.each(["runtime", "fmt", "vendor/golang.org/x/net/http2/hpack", "runtime/cgo"])(
    "of the standard library means Go or its flags: %s",
    (name) => {
      const { causes } = meaning(mismatch(name));
      expect(causes[0]).toContain("-race");
      expect(causes.join()).not.toContain("module");
    },
  );

  it.each(["github.com/IBM/sarama", "go.opentelemetry.io/collector/component", "example.com/a/internal/b"])(
    "of a module means that module: %s",
    (name) => {
      const { causes, next } = meaning(mismatch(name));
      expect(causes[0]).toContain("The module");
      expect(JSON.stringify(next)).toContain("go list");
    },
  );
});

describe("a package of the standard library", () => {
  it.each([
    ["fmt", true],
    ["internal/goarch", true],
    ["vendor/golang.org/x/crypto/chacha20", true],
    ["golang.org/x/crypto/chacha20", false],
    ["internal.example.com/x", false],
    ["plugin", true],
  ])("%s: %s", (name, standard) => {
    expect(isStandardPackage(name)).toBe(standard);
  });
});

describe("glibc's missing file", () => {
  it("means another machine where plugin.Open has found the file", () => {
    const text = "/p/x.so: cannot open shared object file: No such file or directory";
    expect(meaning(`plugin.Open("x.so"): ${text}`).says).toContain("a different machine");
    expect(meaning(text).causes.join()).toContain("a different machine");
  });
});
