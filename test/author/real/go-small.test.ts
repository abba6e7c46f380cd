import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { afterAll, vi, test } from "vitest";
import { GoSources } from "../../support/go-sources.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { answerByEnvironment, tellGoStory } from "./go-story.ts";

vi.setConfig({ testTimeout: 300_000 });

const host = `package main

import (
	"encoding/json"
	"fmt"
	"os"
	"plugin"

	"example.com/far"
)

type answer struct {
	Outcome string \`json:"outcome"\`
	Message string \`json:"message,omitempty"\`
	Type    string \`json:"type,omitempty"\`
}

func main() {
	path, isAsked := os.LookupEnv("OPEN_PLUGINS")
	if !isAsked {
		fmt.Println("components:", far.Text())
		return
	}
	made := answer{Outcome: "loads"}
	if opened, err := plugin.Open(path); err != nil {
		made = answer{Outcome: "refused", Message: err.Error()}
	} else if symbol, err := opened.Lookup("NewFactory"); err == nil {
		made.Type = symbol.(func() string)()
	}
	json.NewEncoder(os.Stdout).Encode(made)
}
`;

const plugin = `package main

import (
	"example.com/far"
	fork "example.com/fork"
)

func NewFactory() string { return far.Text() + " and " + fork.Text() }

func main() {}
`;

const lack = lackOf("go", "cc", "strip", "readelf", "cargo");

describeWith(lack, "a small host and its plugin", () => {
  if (lack !== undefined) {
    test("is not made without its tools", () => undefined);
    return;
  }
  const sources = new GoSources();
  afterAll(() => {
    sources.remove();
  });
  const module = sources.write("story", {
    "go.mod":
      "module example.com/story\n\ngo 1.20\n\nrequire example.com/far v1.2.3\n\nrequire example.com/fork v0.9.0\n",
    "host/main.go": host,
    "plugin/main.go": plugin,
  });
  sources.go(module, "mod", "tidy");
  const go = Object.entries(process.env).flatMap(([name, value]) =>
    /^(?:GO|CGO_)/.test(name) && value !== undefined ? [[name, value] as const] : [],
  );

  tellGoStory({
    module,
    host: "./host",
    plugin: "./plugin",
    environment: { ...Object.fromEntries(go), CGO_ENABLED: "1" },
    build: ({ module, package: name, flags, environment = {}, strip }) => {
      const built = join(mkdtempSync(join(sources.root, "built-")), "file");
      execFileSync("go", ["build", ...flags, "-o", built, name], {
        cwd: module,
        env: { ...process.env, CGO_ENABLED: "1", ...environment },
        stdio: "pipe",
      });
      if (strip !== undefined) execFileSync(strip, [built]);
      return Promise.resolve(built);
    },
    shown: "components: far",
    type: "far and fork",
    isComponent: false,
    moved: { module: "example.com/far", from: "v1.2.3", to: "v1.3.0", refused: "example.com/far" },
    size: 0,
    flags: ["-trimpath"],
    forms: ["plain", "stripped"],
    isWithoutCgo: true,
    open: answerByEnvironment,
    command: ["components"],
  });
});
