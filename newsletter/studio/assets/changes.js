// The issues that pages follow -> one connection to the studio, and word of each change.

const SILENCE = 1500; // ms without the studio before it is said to have stopped
const AGAIN = 1000; // ms until it is asked for again where the browser does not do so itself

/** Follow issues, `{issues: ["2025-07"], all: false}`; `tell` hears `{versions}`, `{letters}`, `{gone: true}`, `{gone: false}`. */
export class Changes {
  #source; #asked = ""; #silence; #again;
  last = {};

  constructor(tell) { this.tell = tell; }

  follow({ issues, all }) {
    const asked = new URLSearchParams([...new Set(issues)].sort().map((one) => ["issue", one]));
    if (all) asked.set("all", "1");
    if (this.#source && this.#asked === `${asked}`) return;
    this.stop();
    this.#asked = `${asked}`;
    this.#open();
  }

  stop() {
    this.#source?.close();
    this.#source = undefined;
    this.#heard();
    clearTimeout(this.#again);
  }

  #heard() {
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  #open() {
    const source = this.#source = new EventSource(`/changes?${this.#asked}`);
    source.addEventListener("open", () => {
      this.#heard();
      this.#say({ gone: false });
    });
    source.addEventListener("error", () => {
      this.#silence ??= setTimeout(() => this.#say({ gone: true }), SILENCE); // from the first silence on
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(this.#again);
      this.#again = setTimeout(() => this.#source === source && this.#open(), AGAIN);
    });
    for (const name of ["letters", "versions"]) {
      source.addEventListener(name, (event) => this.#say({ [name]: JSON.parse(event.data) }));
    }
  }

  #say(news) {
    Object.assign(this.last, news);
    this.tell(news);
  }
}
