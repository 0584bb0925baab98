// The tray: passages collected across searches, kept in this browser, the same in all its tabs.
// Characters as the addresses of passages count them.
// White space is Python's, which is not quite that of \s here.
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;

export const bare = (text) => text.replace(SPACE, "");
// By code points, as Python does.
export const count = (text) => [...bare(text)].length;

const KEY = "tifa.tray";

export const items = () => {
  try {
    const held = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(held) ? held.filter((item) => typeof item?.address === "string") : [];
  } catch {
    return [];
  }
};

const tell = () => document.dispatchEvent(new CustomEvent("tray"));
export const keep = (list) => {
  localStorage.setItem(KEY, JSON.stringify(list));
  tell();
};

// An entry is known by the address of its words; one from the results also by that of the
// matches in it (`of`), which is what the results name.
const is = (item, address) => item.address === address || item.of === address;
export const has = (address) => items().some((item) => is(item, address));
export const add = ({ address, title, text, page }, of = address) => {
  const entry = { address, of, title, text, page, note: "", added: new Date().toISOString() };
  if (!has(address) && !has(of)) keep([...items(), entry]);
};
export const remove = (address) => keep(items().filter((item) => !is(item, address)));

// How many there are, on every page.
const link = document.getElementById("tray-link");
const sum = () => {
  link.querySelector(".badge").textContent = items().length || "";
};

// A button beside every passage of the results, and every place of a wording.
const label = (button) => {
  const held = has(button.dataset.address);
  button.setAttribute("aria-pressed", String(held));
  button.title = held ? link.dataset.kept : link.dataset.keep;
  button.setAttribute("aria-label", link.dataset.keep);
  button.textContent = held ? "✓" : "＋";
};
const offer = () => {
  for (const place of document.querySelectorAll(":is(.passages li, .use):not(:has(.keep))")) {
    const where = place.querySelector("a[href^='/p/']");
    if (!where) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "keep";
    button.dataset.address = where.pathname.slice(3);
    label(button);
    if (place.matches(".use")) place.append(button);
    else where.after(button);
  }
};

const asked = async (report, start, length) => {
  const fields = new URLSearchParams({ report, start, length });
  const answer = await fetch(`/api/passages/of?${fields}`);
  const passage = await answer.json();
  if (!answer.ok) throw new Error(passage.detail);
  return passage;
};

// The whole passage as it is shown: its link names no more than the matches in it. Where the
// report has it with other punctuation than is shown, the matches alone.
const whole = async (address, shown) => {
  const [report, offset, length] = address.split(".");
  const before = document.createRange();
  before.setStart(shown, 0);
  const mark = shown.querySelector("mark");
  if (mark) before.setEndBefore(mark);
  const start = Math.max(0, Number(offset) - count(cells(before.toString())));
  const words = bare(cells(shown.textContent));
  const passage = await asked(report, start, [...words].length).catch(() => null);
  return passage?.words === words ? passage : asked(report, offset, length);
};
// Between two cells stands a line that is not the report's.
const cells = (text) => text.replaceAll(" │ ", " ");

document.addEventListener("click", async (event) => {
  const button = event.target.closest(".keep");
  if (!button) return;
  const { address } = button.dataset;
  const status = document.getElementById("status");
  if (has(address)) {
    remove(address);
    status.textContent = link.dataset.removed;
    return;
  }
  try {
    const shown = button.closest(".passages li")?.querySelector("p")
      ?? button.closest("article").querySelector("h2");
    add(await whole(address, shown), address);
    status.textContent = link.dataset.kept;
  } catch {
    status.textContent = link.dataset.failed;
    button.title = link.dataset.failed;
    button.textContent = "!";
  }
});

document.addEventListener("tray", () => {
  sum();
  for (const button of document.querySelectorAll(".keep")) label(button);
});
addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) tell(); });
// Results change in place when a facet is chosen.
new MutationObserver(offer).observe(document.body, { childList: true, subtree: true });
sum();
offer();
