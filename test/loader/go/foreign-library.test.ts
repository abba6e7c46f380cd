import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeArtifact, openArtifact } from "../../../src/artifact/artifact.ts";
import { disk } from "../../../src/files/disk.ts";
import type { Language } from "../../../src/language/language-facts.ts";
import { readLoadingHost, type LoadingHost } from "../../../src/loader/loading-host.ts";
import { predictLoad, type WrittenIn } from "../../../src/loader/predict-load.ts";
import type { Prediction } from "../../../src/loader/prediction.ts";
import { defaultCarrierNames } from "../../../src/manifest/carrier/carrier-names.ts";
import { openFile } from "../../support/evidence-open.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { openReally } from "./real-open.ts";

const folder = mkdtempSync(join(tmpdir(), "foreign-library-"));
const at = (name: string): string => join(folder, name);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Opens each file with package plugin, and prints the answer as `openReally` wants it. */
const opening = `package main
import ("fmt"; "os"; "plugin")
func main() {
  for _, file := range os.Args[1:] {
    if _, err := plugin.Open(file); err != nil { fmt.Print(err) }
    fmt.Print("\\x00")
  }
}
`;

/** The same by dlopen of its own, beside a reference to package plugin. */
const calling = `package main
// #include <dlfcn.h>
// #include <stdlib.h>
import "C"
import ("fmt"; "os"; "plugin"; "unsafe")
func main() {
  if len(os.Args) > 99 { plugin.Open("") }
  for _, file := range os.Args[1:] {
    name := C.CString(file)
    if C.dlopen(name, C.RTLD_NOW) == nil { fmt.Print(C.GoString(C.dlerror())) }
    C.free(unsafe.Pointer(name))
    fmt.Print("\\x00")
  }
}
`;

function goHost(name: string, source: string): void {
  mkdirSync(at(`${name}-src`));
  writeFileSync(at(`${name}-src/go.mod`), "module example.com/host\n\ngo 1.21\n");
  writeFileSync(at(`${name}-src/main.go`), source);
  const env = { ...process.env, CGO_ENABLED: "1", GOFLAGS: "-mod=mod", GOWORK: "off" };
  execFileSync("go", ["build", "-o", at(name), "."], { cwd: at(`${name}-src`), env, stdio: "pipe" });
}

function library(name: string, source: string, ...flags: readonly string[]): void {
  writeFileSync(at(`${name}.c`), source);
  execFileSync("gcc", ["-shared", "-fPIC", ...flags, "-o", at(name), at(`${name}.c`)], { stdio: "pipe" });
}

function predict(
  name: string,
  host: LoadingHost,
  language: WrittenIn,
  declared: readonly Language[] = [],
): Prediction {
  const opened = openArtifact(disk, at(name), defaultCarrierNames, "plugin");
  try {
    return predictLoad({ path: at(name), content: opened.content }, language, host, declared).prediction;
  } finally {
    closeArtifact(opened);
  }
}

const hostAt = (name: string): LoadingHost => readLoadingHost(disk, openFile(at(name)), at(name), {});

describeWith(
  lackOf("go", "gcc"),
  "a library that is not Go's, in a Go host that links package plugin",
  () => {
    beforeAll(() => {
      goHost("opening", opening);
      goHost("calling", calling);
      library("c.so", "int answer(void) { return 1; }");
      library("lacking.so", "int nowhere(void); int answer(void) { return nowhere(); }");
    });

    it("ends one host and loads into another, so it does not pass", () => {
      expect(openReally(at("opening"), folder, [at("c.so")])).toEqual([
        { outcome: "crash", message: "fatal error: runtime: no plugin module data" },
      ]);
      expect(openReally(at("calling"), folder, [at("c.so")])).toEqual([{ outcome: "loads", message: null }]);
      for (const host of ["opening", "calling"])
        for (const language of ["rust", "unknown"] as const)
          expect(predict("c.so", hostAt(host), language)).toMatchObject({
            outcome: "unknown",
            why: expect.stringContaining("fatal error: runtime: no plugin module data") as string,
          });
    });

    it("loads if the host declares that it takes the language", () => {
      expect(predict("c.so", hostAt("calling"), "rust", ["go", "rust"])).toEqual({
        outcome: "loads",
        needs: [],
      });
      expect(predict("c.so", hostAt("calling"), "rust", ["go"]).outcome).toBe("unknown");
    });

    it("is refused whichever way it is opened, if dlopen refuses it", () => {
      const [answer] = openReally(at("opening"), folder, [at("lacking.so")]);
      expect(answer?.outcome).toBe("refused");
      expect(predict("lacking.so", hostAt("opening"), "rust")).toMatchObject({
        outcome: "refused",
        first: { subject: "nowhere" },
      });
    });
  },
);
