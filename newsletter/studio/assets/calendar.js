// A field that holds a day -> a calendar to choose it from, and the question where what was typed may mean two days.

import { make, say } from "./said.js";

const language = document.documentElement.lang;
const whole = new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" });
const month = new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
const DAY = 86_400_000;
const bench = document.getElementById("bench");

const iso = (day) => day.toISOString().slice(0, 10);
const plus = (day, days) => new Date(day.getTime() + days * DAY);

/** The same day of another month, or that month's last. */
function months(day, by) {
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + by, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day.getUTCDate(), last)));
}

/** Ask which day is meant; her choice goes into the field. */
export function showAsked(field, days) {
  const line = field.element.querySelector("[data-asked]");
  if (!line) return;
  line.replaceChildren(make("p", say("meant"), { class: "to-mend", role: "status" }));
  for (const { now, label } of days) {
    const choice = make("button", label, { type: "button" });
    choice.addEventListener("click", () => {
      line.hidden = true;
      put(field.control, now);
    });
    line.append(choice);
  }
  line.hidden = false;
}

function put(control, text) {
  control.focus();
  control.value = text;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The calendar of a form: a dialog with a grid, as the ARIA Authoring Practices describe a date picker. */
class Calendar {
  constructor(control) {
    this.control = control;
    this.dialog = make("dialog", "", { class: "calendar", "aria-label": say("calendar") });
    this.title = make("h2", "", { "aria-live": "polite", id: "calendar-month" });
    this.grid = make("table", "", { role: "grid", "aria-labelledby": "calendar-month" });
    const top = make("div", "", { class: "top" });
    top.append(this.button("‹ ", "month_before", () => this.go(months(this.day, -1), false)), this.title,
      this.button("› ", "month_after", () => this.go(months(this.day, 1), false)));
    const foot = make("div", "", { class: "top" });
    foot.append(make("p", say("choose_day"), { class: "small soft" }), this.button("", "close", () => this.dialog.close()));
    this.dialog.append(top, this.grid, foot);
    this.grid.addEventListener("keydown", (event) => this.key(event));
    this.grid.addEventListener("click", (event) => {
      const cell = event.target.closest("td[data-day]");
      if (cell) this.choose(cell.dataset.day);
    });
    this.dialog.addEventListener("close", () => { this.dialog.remove(); });
  }

  button(mark, name, act) {
    const made = make("button", mark, { type: "button", class: "light" });
    made.append(say(name));
    made.addEventListener("click", act);
    return made;
  }

  open(day) {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.go(day);
  }

  /** Show the month of a day, the day being the one that Tab reaches. */
  go(day, focus = true) {
    this.day = day;
    const words = month.format(day);
    this.title.textContent = words[0].toUpperCase() + words.slice(1);
    const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1));
    const monday = plus(first, -((first.getUTCDay() + 6) % 7));
    const rows = [this.head(monday)];
    for (let week = monday; week <= months(first, 1) && (week < months(first, 1)); week = plus(week, 7)) rows.push(this.week(week));
    this.grid.replaceChildren(...rows);
    if (focus) this.grid.querySelector("[tabindex='0']").focus();
  }

  head(monday) {
    const row = make("tr");
    for (let at = 0; at < 7; at += 1) {
      const name = weekday.format(plus(monday, at));
      row.append(make("th", name.slice(0, 2), { scope: "col", abbr: name }));
    }
    return row;
  }

  week(start) {
    const row = make("tr");
    for (let at = 0; at < 7; at += 1) {
      const day = plus(start, at);
      const cell = make("td");
      if (day.getUTCMonth() === this.day.getUTCMonth()) {
        const same = iso(day) === iso(this.day);
        cell.textContent = day.getUTCDate();
        for (const [name, value] of Object.entries({ "data-day": iso(day), tabindex: same ? "0" : "-1", "aria-label": whole.format(day), "aria-selected": String(same) })) cell.setAttribute(name, value);
      }
      row.append(cell);
    }
    return row;
  }

  key(event) {
    const at = (this.day.getUTCDay() + 6) % 7;
    const step = event.shiftKey ? 12 : 1;
    const to = {
      ArrowLeft: () => plus(this.day, -1), ArrowRight: () => plus(this.day, 1),
      ArrowUp: () => plus(this.day, -7), ArrowDown: () => plus(this.day, 7),
      Home: () => plus(this.day, -at), End: () => plus(this.day, 6 - at),
      PageUp: () => months(this.day, -step), PageDown: () => months(this.day, step),
    }[event.key];
    if (to) {
      event.preventDefault();
      this.go(to());
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.choose(iso(this.day));
    }
  }

  choose(day) {
    this.dialog.close();
    put(this.control, day);
  }
}

/** Give every day of a form its calendar. */
export function wireCalendars(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-calendar]");
    if (!button) return;
    const field = button.closest(".field");
    const control = field.querySelector("[data-value]");
    const now = new Date(`${field.dataset.iso || `${bench.dataset.issue.slice(0, 7)}-01`}T00:00:00Z`);
    const calendar = new Calendar(control);
    calendar.dialog.addEventListener("close", () => { if (document.activeElement === document.body) button.focus(); });
    calendar.open(Number.isNaN(now.getTime()) ? new Date() : now);
  });
}
