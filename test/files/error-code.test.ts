import { expect, it } from "vitest";
import { unreadable } from "../../src/artifact/unreadable.ts";
import { reasonOf } from "../../src/cli/answer/temporary-file.ts";
import { FileError, fileErrorCode } from "../../src/files/files.ts";

/** As Node makes it of a number that libuv has no name for. */
function nameless(number: number): Error {
  const text = `Unknown system error -${number}`;
  return Object.assign(new Error(`${text}: ${text}, open '/a'`), { code: text, errno: -number });
}

/** The same, of some calls. */
function unknown(number: number): Error {
  return Object.assign(new Error("UNKNOWN: unknown error, write"), { code: "UNKNOWN", errno: -number });
}

it.each([
  [Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }), "ENOSPC"],
  [new FileError("ELOOP", "/a"), "ELOOP"],
  [nameless(122), "EDQUOT"],
  [unknown(122), "EDQUOT"],
  [nameless(116), "ESTALE"],
  // EUCLEAN: Node does not know it at all.
  [nameless(117), "errno 117"],
  [new TypeError("x is not a function"), undefined],
  [Object.assign(new Error("bad"), { code: "ERR_INVALID_ARG_TYPE" }), undefined],
  [Object.assign(new Error("bad"), { code: 2 }), undefined],
  ["ENOENT", undefined],
])("%s has the code %s", (error, code) => {
  expect(fileErrorCode(error)).toBe(code);
});

it("such an error is the file system's, not a bug of this program", () => {
  expect(unreadable("/a", null, nameless(116)).reason).toBe(
    "vanished from the network file system while it was read (ESTALE)",
  );
  expect(unreadable("/a", null, nameless(117)).reason).toBe("cannot be read (errno 117)");
  expect(reasonOf(nameless(122))).toBe("EDQUOT: disk quota exceeded");
  expect(reasonOf(unknown(122))).toBe("EDQUOT: disk quota exceeded");
  expect(reasonOf(nameless(117))).toBe("errno 117");
});
