// A folder and its zone -> for each letter there, the fate of each of its signatures, as JSON.
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const { dkimVerify } = createRequire(import.meta.url)("mailauth/lib/dkim/verify");
const folder = process.argv[2];
const zone = JSON.parse(await readFile(join(folder, "zone.json"), "utf8"));

async function resolver(name) {
  if (name in zone) return [[zone[name]]];
  throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
}

const found = {};
for (const file of (await readdir(folder)).filter((one) => one.endsWith(".eml"))) {
  const { results } = await dkimVerify(await readFile(join(folder, file)), { resolver });
  found[file] = results.map((one) => one.status.result);
}
process.stdout.write(JSON.stringify(found));
