// The page of the tray: its entries with their notes, put in order, exported, copied.
import { copy } from "./clip.js";
import { items, keep } from "./tray.js";

const tray = document.getElementById("tray");
const form = document.getElementById("export");
const list = document.getElementById("entries");
const undo = document.getElementById("undo");
const pattern = document.getElementById("entry").content;
const words = tray.dataset;
let taken = null; // the tray as it was before something was taken out

const say = (text) => {
  form.querySelector("output").textContent = text;
  document.getElementById("status").textContent = text;
};

const drawn = (item, place, last) => {
  const entry = pattern.cloneNode(true).firstElementChild;
  entry.dataset.address = item.address;
  const link = entry.querySelector("h2 a");
  link.href = `/p/${encodeURIComponent(item.address)}#passage`;
  link.textContent = item.title || item.address;
  entry.querySelector("blockquote").textContent = item.text;
  const page = entry.querySelector(".page-number");
  page.textContent = item.page ? page.dataset.say.replace("{}", item.page) : "";
  entry.querySelector("textarea").value = item.note ?? "";
  entry.querySelector("[data-do=up]").disabled = place === 0;
  entry.querySelector("[data-do=down]").disabled = last;
  return entry;
};

const draw = () => {
  const held = items();
  tray.hidden = false;
  tray.querySelector(".empty-tray").hidden = held.length > 0;
  const count = document.getElementById("tray-count");
  count.textContent = count.dataset.say.replace("{}", held.length);
  form.hidden = !held.length && undo.hidden;
  for (const button of form.querySelectorAll("button:not(#undo)")) button.disabled = !held.length;
  list.replaceChildren(...held.map((item, i) => drawn(item, i, i === held.length - 1)));
};

const takeOut = (rest, said) => {
  taken = items();
  undo.hidden = false;
  keep(rest);
  say(said);
};

list.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { address } = button.closest("li").dataset;
  const held = items();
  const place = held.findIndex((item) => item.address === address);
  if (button.dataset.do === "remove") {
    const [item] = held.splice(place, 1);
    takeOut(held, words.removed.replace("{}", item.title));
    (list.children[Math.min(place, held.length - 1)]?.querySelector("[data-do=remove]") ?? undo).focus();
    return;
  }
  const to = place + (button.dataset.do === "up" ? -1 : 1);
  [held[place], held[to]] = [held[to], held[place]];
  keep(held);
  say(words.moved.replace("{}", to + 1));
  const same = list.children[to].querySelector(`[data-do=${button.dataset.do}]`);
  (same.disabled ? list.children[to].querySelector("[data-do]:not(:disabled)") : same).focus();
});

// Notes are kept as they are typed, without drawing the field anew under the typist.
let typing = false;
list.addEventListener("input", (event) => {
  const { address } = event.target.closest("li").dataset;
  typing = true;
  const note = event.target.value;
  keep(items().map((item) => (item.address === address ? { ...item, note } : item)));
  typing = false;
});

document.getElementById("empty").addEventListener("click", () => {
  takeOut([], "");
  undo.focus();
});
undo.addEventListener("click", () => {
  undo.hidden = true;
  keep(taken);
  say(words.back);
});

const entries = () => JSON.stringify(items().map(({ address, note }) => ({ address, note })));
form.addEventListener("submit", () => { form.entries.value = entries(); });

document.getElementById("copy-all").addEventListener("click", async () => {
  try {
    const body = new URLSearchParams({ format: "markdown", entries: entries() });
    const answer = await fetch(form.action, { method: "POST", body });
    if (!answer.ok) throw new Error(answer.statusText);
    await copy(await answer.text());
    say(words.copied);
  } catch {
    say(words.failed);
  }
});

document.addEventListener("tray", () => { if (!typing) draw(); });
draw();
