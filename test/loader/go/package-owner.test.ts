import { describe, expect, it } from "vitest";
import { packageOwner } from "../../../src/loader/go/package-owner.ts";

function module(path: string) {
  return { path, version: "v1.0.0", sum: undefined };
}

const info = {
  main: module("example.com/app"),
  deps: ["example.com/app/sub", "github.com/a/b", "github.com/a/b/v2", "gopkg.in/yaml.v3", "nodot"].map(
    module,
  ),
};

describe("the owner of", () => {
  it.each([
    ["example.com/app", "example.com/app"],
    ["example.com/app/internal/x", "example.com/app"],
    ["example.com/app/sub/x", "example.com/app/sub"],
    ["github.com/a/b/c", "github.com/a/b"],
    ["github.com/a/b/v2/c", "github.com/a/b/v2"],
    ["gopkg.in/yaml.v3", "gopkg.in/yaml.v3"],
    ["nodot/x", "nodot"],
  ])("package %s is module %s", (path, owner) => {
    expect(packageOwner(path, info)).toMatchObject({ module: { path: owner } });
  });

  it.each([
    ["fmt", "standard-library"],
    ["runtime/cgo", "standard-library"],
    ["vendor/golang.org/x/net/dns", "standard-library"],
    ["github.com/a/bc", "unknown"],
    ["plugin/unnamed-0123", "unknown"],
  ])("package %s is: %s", (path, kind) => {
    expect(packageOwner(path, info).kind).toBe(kind);
  });
});
