// All tabs of a browser -> one connection to the studio: a browser has six for all of them together.

import { Changes } from "./changes.js";

const pages = new Map();
const changes = new Changes((news) => { for (const port of pages.keys()) port.postMessage(news); });

function follow() {
  if (!pages.size) { changes.stop(); return; }
  const asked = [...pages.values()];
  changes.follow({ issues: asked.flatMap((one) => one.issues), all: asked.some((one) => one.all) });
}

addEventListener("connect", (event) => {
  const [port] = event.ports;
  port.addEventListener("message", ({ data }) => {
    if (data.follow) pages.set(port, data.follow);
    else pages.delete(port);
    follow();
    if (data.follow) port.postMessage(changes.last);
  });
  port.start();
});
