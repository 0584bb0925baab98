// Words selected in a report: their address, copied as a link or quoted, searched for, or kept.
import { copy } from "./clip.js";
import { add, bare, count } from "./tray.js";

const bar = document.getElementById("selection");
const output = bar.querySelector("output");
const search = bar.querySelector(".search");
const words = bar.dataset;
const coarse = matchMedia("(pointer: coarse)");
const LONGEST = 2000;

let chosen = null; // { start, length, text, answer: Promise, ready: the answer once it is there }
let from = null; // where the keyboard was before it came to the bar

const say = (text) => {
  output.textContent = text;
  document.getElementById("status").textContent = text;
};
const sheet = () => document.getElementById("sheet");

// How many characters of the report stand before a point of its sheet.
const before = (node, offset) => {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const block = element.closest("[data-offset]");
  const range = document.createRange();
  if (block) {
    range.setStart(block, 0);
    range.setEnd(node, offset);
    return Number(block.dataset.offset) + count(range.toString());
  }
  range.setStart(node, offset);
  const blocks = [...sheet().querySelectorAll("[data-offset]")];
  const next = blocks.find((one) => range.comparePoint(one, 0) >= 0);
  if (next) return Number(next.dataset.offset);
  const last = blocks.at(-1);
  return last ? Number(last.dataset.offset) + count(last.textContent) : 0;
};

const selected = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(sheet())) return null;
  if (!sheet().contains(range.startContainer)) range.setStart(sheet(), 0);
  if (!sheet().contains(range.endContainer)) range.setEnd(sheet(), sheet().childNodes.length);
  const start = before(range.startContainer, range.startOffset);
  const length = before(range.endContainer, range.endOffset) - start;
  return length > 0 ? { range, start, length, text: bare(range.toString()) } : null;
};

const asked = async ({ start, length, text }) => {
  const fields = new URLSearchParams({ report: words.report, start, length });
  const answer = await fetch(`/api/passages/of?${fields}`);
  if ([400, 404].includes(answer.status)) throw new Error(words.changed);
  if (!answer.ok) throw new Error(words.unreached);
  const passage = await answer.json();
  // The text may have been read anew since this page was opened.
  if (passage.words !== text) throw new Error(words.changed);
  return passage;
};

const hide = () => {
  bar.hidden = true;
  chosen = null;
};

const place = (range) => {
  if (coarse.matches) return; // at the bottom of the window, by the stylesheet
  const box = range.getBoundingClientRect();
  const top = document.querySelector(".toolbar").getBoundingClientRect().bottom + 4;
  const above = box.top - bar.offsetHeight - 8;
  const below = Math.min(box.bottom + 8, innerHeight - bar.offsetHeight - 8);
  const left = Math.min(box.left, document.documentElement.clientWidth - bar.offsetWidth - 8);
  bar.style.top = `${above >= top ? above : Math.max(below, top)}px`;
  bar.style.left = `${Math.max(8, left)}px`;
};

const show = () => {
  const now = selected();
  if (!now) {
    if (!bar.contains(document.activeElement)) hide();
    return;
  }
  if (chosen?.start === now.start && chosen.length === now.length && !bar.hidden) {
    place(now.range);
    return;
  }
  chosen = now;
  const fits = now.length <= LONGEST;
  for (const button of bar.querySelectorAll("button")) button.disabled = !fits;
  search.hidden = true;
  bar.hidden = false;
  say(fits ? "" : words.long);
  if (fits) {
    document.getElementById("status").textContent = words.chosen.replace("{}", now.length);
    now.answer = asked(now);
    now.answer.then((passage) => {
      now.ready = passage;
      if (chosen !== now || !passage.search) return;
      search.href = passage.search;
      search.hidden = false;
      place(now.range);
    }).catch((error) => { if (chosen === now) say(error.message); });
  }
  place(now.range);
};

// Once the pointer rests: while it drags, the bar would be in its way.
let pressed = false;
let waiting = 0;
const soon = () => {
  clearTimeout(waiting);
  if (!pressed) waiting = setTimeout(show, 200);
};
document.addEventListener("selectionchange", soon);
document.addEventListener("pointerdown", (event) => { pressed = !bar.contains(event.target); });
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => { pressed = false; soon(); });
}
addEventListener("scroll", () => { if (chosen) place(chosen.range); }, { passive: true });
// A press on the bar must not take the selection away.
bar.addEventListener("mousedown", (event) => event.preventDefault());

bar.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button || !chosen) return;
  const now = chosen;
  try {
    // What is there already is copied in the same turn: some browsers allow nothing else.
    const passage = now.ready ?? (await now.answer);
    if (button.dataset.copy === undefined) {
      add(passage);
      say(words.kept);
    } else {
      const plain = button.dataset.copy === "html" ? passage.copies.plain : null;
      const form = button.dataset.copy === "url" ? passage.url : passage.copies[button.dataset.copy];
      await (plain === null ? copy(form) : copy(plain, form));
      say(words.copied);
    }
  } catch (error) {
    say(Object.values(words).includes(error.message) ? error.message : words.failed);
  }
});

const select = (block) => {
  const range = document.createRange();
  range.selectNodeContents(block);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  show();
};

const enter = () => {
  from = document.activeElement;
  bar.querySelector("button:not(:disabled)")?.focus();
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !bar.hidden) {
    const inside = bar.contains(document.activeElement);
    getSelection().removeAllRanges();
    hide();
    if (inside) from?.focus({ preventScroll: true });
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.key !== "c") return;
  if (event.target.closest("input, select, textarea") || bar.contains(event.target)) return;
  const hook = event.target.closest(".hook");
  if (hook) select(hook.parentElement);
  else show();
  if (bar.hidden) return;
  event.preventDefault();
  enter();
});

// The sign beside a paragraph selects it; opened in another tab it is a link as any other.
document.addEventListener("click", (event) => {
  const hook = event.target.closest(".hook");
  if (!hook || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  select(hook.parentElement);
  enter();
});
