// The minimum that reading a section can cost: header, section headers, their names, the section that is asked for. Nothing is checked or
// parsed, so this is not for use; `plugins list` is compared with it.
import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";

const [folder, wanted] = process.argv.slice(2);
let bytes = 0;
for (const name of readdirSync(folder)) {
  const fd = openSync(join(folder, name));
  const read = (offset, length) => {
    const buffer = Buffer.allocUnsafe(length);
    bytes += readSync(fd, buffer, 0, length, offset);
    return buffer;
  };
  const header = read(0, 64);
  const count = header.readUInt16LE(60);
  const sections = read(Number(header.readBigUInt64LE(40)), count * 64);
  const place = (index) => [
    Number(sections.readBigUInt64LE(index * 64 + 24)),
    Number(sections.readBigUInt64LE(index * 64 + 32)),
  ];
  const names = read(...place(header.readUInt16LE(62)));
  for (let index = 0; index < count; index += 1) {
    const from = sections.readUInt32LE(index * 64);
    if (names.toString("latin1", from, names.indexOf(0, from)) === wanted) read(...place(index));
  }
  closeSync(fd);
}
console.log(bytes);
