// Letters through nodemailer's pool, each with its own name and link; prints the seconds from the first to the last.
import { readFileSync } from "node:fs";
import nodemailer from "nodemailer";

const asked = JSON.parse(readFileSync(0, "utf8"));
const transport = nodemailer.createTransport({
  host: "127.0.0.1",
  port: asked.port,
  secure: false,
  ignoreTLS: true,
  pool: true,
  maxConnections: asked.connections,
  maxMessages: Infinity,
});
const own = (text, number) =>
  text.replaceAll("{{name}}", `Reader ${number}`).replaceAll("{{leave}}", `${asked.leave}${number}`);
const began = process.hrtime.bigint();
await Promise.all(
  Array.from({ length: asked.people }, (_, number) =>
    transport.sendMail({
      from: asked.from,
      to: `reader${number}@example.org`,
      subject: asked.subject,
      text: own(asked.text, number),
      html: own(asked.html, number),
      headers: { "List-Unsubscribe": `<${asked.leave}${number}>` },
    }),
  ),
);
console.log(Number(process.hrtime.bigint() - began) / 1e9);
transport.close();
