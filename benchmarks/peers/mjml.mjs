// MJML on standard input -> one JSON line: milliseconds of each round, by kind of validation, and the size.
import mjml2html from "mjml";
import { readFileSync } from "node:fs";

const [rounds, warmup] = process.argv.slice(2).map(Number);
const mjml = readFileSync(0, "utf8");
const times = { skip: [], soft: [] };
let bytes = 0;
for (const validationLevel of Object.keys(times)) {
  for (let round = -warmup; round < rounds; round++) {
    const start = process.hrtime.bigint();
    const { html } = await mjml2html(mjml, { validationLevel, fonts: {} });
    const took = Number(process.hrtime.bigint() - start) / 1e6;
    if (round >= 0) times[validationLevel].push(took);
    bytes = Buffer.byteLength(html);
  }
}
console.log(JSON.stringify({ times, bytes }));
