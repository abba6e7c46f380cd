import { describe, expect, it } from "vitest";
import { goModules } from "../../../src/language/go/module.ts";

const module = { name: "example.com/a", version: "v1.1.0", hash: "h1:a=", from: ".go.buildinfo" };

function fix(ours: object, ...theirs: readonly object[]): unknown {
  const [each] = goModules.fix(
    { ...module, ...ours },
    theirs.map((their) => ({ ...module, ...their })),
  );
  return each?.kind === "command" ? each.run : each?.text;
}

const chosen =
  "go list -m -e -f '{{if .Version}}-exclude={{.Path}}@{{.Version}}{{end}}' example.com/a | grep -vxF -e '' -e";

describe("a Go module", () => {
  it("is of the project that its path names", () => {
    expect(goModules.projectOf("github.com/IBM/sarama/v2")).toBe("github.com/IBM/sarama");
    expect(goModules.projectOf("go.opentelemetry.io/collector/pdata")).toBe("go.opentelemetry.io/collector");
    expect(goModules.projectOf("stdlib")).toBe("stdlib");
  });

  it("has the last part of its path as its name in a package URL", () => {
    expect(goModules.packageUrl("github.com/IBM/sarama")).toEqual({
      type: "golang",
      namespace: "github.com/IBM",
      name: "sarama",
    });
    expect(goModules.packageUrl("stdlib")).toMatchObject({ namespace: undefined, name: "stdlib" });
  });

  it("goes up by go get, and down by excluding what others ask for", () => {
    expect(fix({}, { version: "v1.2.0" })).toBe("go get example.com/a@v1.2.0 && go mod tidy");
    expect(fix({}, { version: "v1.0.0" })).toBe(
      `while go mod edit -require=example.com/a@v1.0.0 && go mod tidy && newer=$(${chosen} -exclude=example.com/a@v1.0.0); do echo "$newer" | xargs go mod edit; done; go mod tidy`,
    );
  });

  it("takes the host's replacement, or drops its own", () => {
    expect(fix({}, { replacedBy: "example.com/fork v1.2.3", required: "v1.0.0" })).toMatch(
      /^while go mod edit -replace=example.com\/a=example.com\/fork@v1.2.3 -require=example.com\/a@v1.0.0 && go mod tidy/,
    );
    expect(fix({}, { replacedBy: "example.com/fork v1.2.3" })).toBe(
      "go mod edit -replace=example.com/a=example.com/fork@v1.2.3 && go mod tidy",
    );
    expect(fix({}, { replacedBy: "./fork" })).toContain("The host was built with ./fork");
    expect(fix({ replacedBy: "./fork", required: "v1.2.0" }, {})).toMatch(
      /^while go mod edit -dropreplace=example.com\/a -dropreplace=example.com\/a@v1.2.0 -require=example.com\/a@v1.1.0 && go mod tidy/,
    );
  });

  it("is looked up in the host's go.sum if no single version is known", () => {
    const text = "Build against the version of example.com/a in the host's go.sum.";
    expect(fix({})).toBe(text);
    expect(fix({}, { version: undefined })).toBe(text);
    expect(fix({}, { version: "v1.2.0" }, { version: "v1.3.0" })).toBe(text);
    expect(fix({}, {})).toContain("The version is the same but the content differs");
  });

  it("is that of the host itself by its version or commit, and built alike", () => {
    const own = { hash: "", isMain: true };
    expect(fix({}, { ...own, version: "v1.0.0" })).toBe("go get example.com/a@v1.0.0 && go mod tidy");
    expect(fix({}, { ...own, version: undefined, revision: "0123456789ab" })).toBe(
      "go get example.com/a@0123456789ab && go mod tidy",
    );
    expect(fix({}, { ...own, version: "v1.0.0+dirty" })).toContain("Build both in one workspace");
    expect(fix({}, { ...own, version: undefined })).toContain(
      "go build example.com/a in a module that requires it",
    );
  });

  it("is an ordinary dependency if the host was built outside of its folder", () => {
    expect(fix({}, { isMain: true, hash: "h1:b=", version: "v1.2.0" })).toBe(
      "go get example.com/a@v1.2.0 && go mod tidy",
    );
  });
});
