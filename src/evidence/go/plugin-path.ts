/**
 * objabi.PathToPrefix (Go: src/cmd/internal/objabi/path.go): dots behind the last slash, and bytes that symbols must not have, are %xx.
 */
export function escapePath(path: string): string {
  const bytes = Buffer.from(path, "utf8");
  const slash = bytes.lastIndexOf("/");
  return Array.from(bytes, (byte, at) => {
    const letter = String.fromCharCode(byte);
    const isPlain = byte > 0x20 && byte < 0x7f && letter !== "%" && letter !== '"';
    return isPlain && !(letter === "." && at > slash) ? letter : `%${byte.toString(16).padStart(2, "0")}`;
  }).join("");
}

/** Undoes objabi.PathToPrefix (Go: src/cmd/internal/objabi/path.go): a byte that symbols must not have is %xx. */
export function unescapePath(path: string): string {
  const bytes = Buffer.from(path, "utf8")
    .toString("latin1")
    .replaceAll(/%([0-9a-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
