// {kinds: {kind: [values]}, pages: [mjml]} on standard input -> one JSON line: MJML's own tables and verdicts.
import mjml2html from "mjml";
import preset from "mjml-preset-core";
import { initializeType } from "mjml-core";
import { readFileSync } from "node:fs";

const asked = JSON.parse(readFileSync(0, "utf8"));
const attributes = Object.fromEntries(
  Object.values(preset.components).map((one) => [one.componentName, one.allowedAttributes || {}]));
const nesting = Object.fromEntries(
  Object.entries(preset.dependencies).map(([parent, children]) => [parent, children.filter((one) => typeof one === "string")]));
const values = Object.fromEntries(
  Object.entries(asked.kinds).map(([kind, all]) => [kind, all.map((one) => new (initializeType(kind))(one).isValid())]));
const pages = [];
for (const page of asked.pages) {
  const { errors } = await mjml2html(page, { validationLevel: "soft", fonts: {} });
  pages.push(errors.map((one) => one.formattedMessage));
}
console.log(JSON.stringify({ attributes, nesting, values, pages }));
