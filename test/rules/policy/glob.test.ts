import { describe, expect, it } from "vitest";
import { matches, matchesEnd } from "../../../src/rules/policy/glob.ts";

describe("a pattern", () => {
  it.each([
    ["kafka.so", "kafka.so", true],
    ["kafka.so", "kafka.so.1", false],
    ["kafka*.so", "kafkaexporter.so", true],
    ["kafka*.so", "kafka.so", true],
    ["*", "a/b", false],
    ["**", "a/b", true],
    ["a/**/c", "a/b/d/c", true],
    ["a?c", "abc", true],
    ["a?c", "a/c", false],
    ["github.com/IBM/*", "github.com/IBM/sarama", true],
    ["github.com/IBM/*", "github.com/IBM/sarama/v2", false],
    ["[ab].so", "a.so", false],
    ["[ab].so", "[ab].so", true],
    ["a.so", "aXso", false],
    ["", "", true],
    ["", "a", false],
    ["a", "", false],
    ["a*", "a/", false],
    ["a**", "a/b/c", true],
    ["**", "", true],
    ["*b", "aab", true],
    ["*b*", "abc", true],
    ["**/c", "a/b/c", true],
    ["**/c", "c", false],
    ["***", "a/b", true],
    ["?", "", false],
    ["a\nb", "a\nb", true],
    ["?", "\n", true],
    ["*", "", true],
    ["日*.so", "日本.so", true],
    ["?.so", "🚀.so", true],
  ])("%j holds for %j: %s", (pattern, text, holds) => {
    expect(matches(pattern, text)).toBe(holds);
  });

  it("takes no longer for many stars", () => {
    // One that tries all ways to share the letters out would not end before the universe does.
    expect(matches(`${"*a".repeat(200)}b`, "a".repeat(4000))).toBe(false);
  });
});

describe("a pattern for the end of a path", () => {
  it.each([
    ["kafka.so", "/opt/plugins/kafka.so", true],
    ["plugins/*.so", "/opt/plugins/kafka.so", true],
    ["ins/*.so", "/opt/plugins/kafka.so", false],
    ["afka.so", "/opt/plugins/kafka.so", false],
    ["/opt/**", "/opt/plugins/kafka.so", true],
    ["plugins", "/opt/plugins/kafka.so", false],
  ])("%j holds for %j: %s", (pattern, path, holds) => {
    expect(matchesEnd(pattern, path)).toBe(holds);
  });
});
