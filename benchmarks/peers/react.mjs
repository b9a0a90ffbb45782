// An edition as JSON on standard input -> one JSON line: milliseconds of each round for HTML and for plain text.
import { readFileSync } from "node:fs";
import { createElement as h } from "react";
import { render, toPlainText } from "@react-email/render";
import { letterOf } from "./letter.mjs";

const [rounds, warmup] = process.argv.slice(2).map(Number);
const edition = JSON.parse(readFileSync(0, "utf8"));
const Letter = () => letterOf(edition);

const times = { html: [], text: [] };
let bytes = 0;
for (let round = -warmup; round < rounds; round++) {
  const start = process.hrtime.bigint();
  const html = await render(h(Letter));
  const between = process.hrtime.bigint();
  toPlainText(html);
  const end = process.hrtime.bigint();
  if (round >= 0) {
    times.html.push(Number(between - start) / 1e6);
    times.text.push(Number(end - start) / 1e6);
  }
  bytes = Buffer.byteLength(html);
}
console.log(JSON.stringify({ times, bytes }));
