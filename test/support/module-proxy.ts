import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

/** A version of a module, as a Go module proxy in a folder has it (go.dev/ref/mod, "GOPROXY protocol"). */
export interface ProxyModule {
  readonly path: string;
  readonly version: string;
  /** By their paths in the module; go.mod is among them. */
  readonly files: Readonly<Record<string, string>>;
}

/** Writes modules into a folder that `GOPROXY=file://…` can name. Paths are in lower case, so that they need no escapes. */
export function writeProxy(folder: string, modules: readonly ProxyModule[]): void {
  for (const { path, version, files } of modules) {
    const place = join(folder, path, "@v");
    mkdirSync(place, { recursive: true });
    const write = (ending: string, content: string | Buffer): void => {
      writeFileSync(join(place, `${version}.${ending}`), content);
    };
    write("info", JSON.stringify({ Version: version, Time: "2026-01-01T00:00:00Z" }));
    write("mod", files["go.mod"] ?? `module ${path}\n`);
    write(
      "zip",
      storedZip(Object.entries(files).map(([name, text]) => [`${path}@${version}/${name}`, text] as const)),
    );
    writeFileSync(join(place, "list"), `${version}\n`, { flag: "a" });
  }
}

/** An archive without compression (PKWARE, APPNOTE.TXT, 4.3). */
function storedZip(files: readonly (readonly [name: string, text: string])[]): Buffer {
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const [path, content] = [Buffer.from(name), Buffer.from(text)];
    // Version 20, no flags, stored, midnight of 1980-01-01.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(33, 8);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(content.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    entries.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), shared, place, path);
    const local = [Buffer.from("PK\x03\x04", "latin1"), shared, path, content];
    parts.push(...local);
    offset += Buffer.concat(local).length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, directory, Buffer.from("PK\x05\x06", "latin1"), end]);
}
