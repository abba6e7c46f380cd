/** Marks that cmd/go puts around the module info (Go: src/cmd/go/internal/modload/build.go, infoStart and infoEnd). */
const start = Buffer.from("3077af0c9274080241e1c107e6d618e6", "hex");
const end = Buffer.from("f932433186182072008242104116d8f2", "hex");

export const sampleVersion = "go1.22.3";

export const sampleText = [
  "path\texample.com/plugin",
  "mod\texample.com/plugin\t(devel)\t",
  "dep\texample.com/dep\tv1.2.3\th1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  "build\t-buildmode=plugin",
  "",
].join("\n");

/** The text between its marks. */
export function framed(text: string): Buffer {
  return Buffer.concat([start, Buffer.from(text, "utf8"), end]);
}

/** The header of 32 bytes, without the pointers that may stand in its second half. */
export function infoHeader(pointerSize: number, flags: number): Buffer {
  const header = Buffer.alloc(32);
  header.write("\xff Go buildinf:", "latin1");
  header[14] = pointerSize;
  header[15] = flags;
  return header;
}

/** A length of at most 4 GiB in 7 bits a byte, lowest first. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

function counted(bytes: Buffer): Buffer {
  return Buffer.concat([varint(bytes.length), bytes]);
}

/** Build info as Go 1.18 and later write it. */
export function inlineInfo(version = sampleVersion, moduleInfo: Buffer = framed(sampleText)): Buffer {
  return Buffer.concat([infoHeader(8, 2), counted(Buffer.from(version)), counted(moduleInfo)]);
}
