// Reading: stepping through matches (n, p), finding in this report (f), the outline keeping pace.
const $ = (id) => document.getElementById(id);
const say = (words) => { $("status").textContent = words; };
const narrow = matchMedia("(max-width: 59.99rem)");
const centre = (element) => element?.scrollIntoView({ block: "center" });
const covered = () => document.querySelector(".toolbar").getBoundingClientRect().bottom;

let total = 0;
let current = 0;

const settle = () => {
  const counter = $("counter");
  total = Number(counter?.dataset.total ?? 0);
  current = Number.parseInt(counter?.textContent, 10) || 0;
};

const go = (number, place = centre) => {
  current = number;
  for (const mark of document.querySelectorAll("mark.current")) mark.classList.remove("current");
  const pieces = document.querySelectorAll(`mark[data-match="${current}"]`);
  for (const piece of pieces) piece.classList.add("current");
  $("counter").textContent = `${current} / ${total}`;
  say($("counter").dataset.say.replace("{}", current));
  place(pieces[0]);
  const here = new URL(location.href);
  here.searchParams.set("m", current);
  here.hash = `m${current}`;
  history.replaceState(history.state, "", here);
};

const step = (by) => {
  // From nowhere, forwards leads to the first match and backwards to the last.
  if (total) go(current ? ((current - 1 + by + total) % total) + 1 : by > 0 ? 1 : total);
};

// The block that is being read: the first one below the bar on top.
const reading = () => {
  const middle = $("sheet").getBoundingClientRect();
  const x = middle.left + middle.width / 2;
  for (let y = covered() + 8; y < innerHeight; y += 24) {
    const block = document.elementFromPoint(x, y)?.closest("#sheet [id^=p][data-offset]");
    if (block) return block;
  }
  return null;
};

// Other words to find: the sheet is drawn anew and stays where it was.
const find = async (form) => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim()) fields.append(name, value.trim());
  }
  const url = `${form.getAttribute("action")}${fields.size ? `?${fields}` : ""}`;
  let page;
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("sheet")) throw new Error(answer.statusText);
  } catch {
    location.assign(url);
    return;
  }
  const [place, top] = [reading()?.id, reading()?.getBoundingClientRect().top];
  for (const id of ["sheet", "steps"]) $(id).replaceWith(page.getElementById(id));
  const [back, other] = [document, page].map((one) => one.querySelector(".toolbar .back"));
  if (back && other) back.href = other.getAttribute("href");
  if ($("q")) $("q").value = form.q.value;
  history.replaceState(history.state, "", url);
  if (place) scrollBy(0, $(place).getBoundingClientRect().top - top);
  settle();
  if (!total) {
    say($("nowhere")?.textContent ?? "");
    return;
  }
  const from = $(place);
  const marks = [...document.querySelectorAll("#sheet mark")];
  const after = (mark) => !from || from.contains(mark)
    || from.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
  go(Number((marks.find(after) ?? marks[0]).dataset.match), (mark) => {
    const box = mark.getBoundingClientRect();
    if (box.top < covered() || box.bottom > innerHeight) centre(mark);
  });
};

document.addEventListener("submit", (event) => {
  if (event.target.id !== "within") return;
  event.preventDefault();
  // Enter again goes on to the next place.
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  if (total && event.target.q.value.trim() === asked) step(1);
  else find(event.target);
});

const steps = { previous: -1, next: 1 };
document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const by = steps[event.target.closest("#steps a")?.id];
  if (!by) return;
  event.preventDefault();
  step(by);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  if (event.key === "n") step(1);
  if (event.key === "p") step(-1);
  if (event.key === "f") {
    event.preventDefault();
    $("within-q").select();
  }
});

// The outline
const entries = [...document.querySelectorAll(".outline li a")];
const numbers = entries.map((entry) => Number(entry.hash.slice(2)));
let shown = null;
const keepPace = () => {
  const block = reading();
  if (!block) return;
  const number = Number(block.id.slice(1));
  const at = numbers.findLastIndex((heading) => heading <= number);
  if (entries[at] === shown) return;
  shown?.removeAttribute("aria-current");
  shown = entries[at] ?? null;
  shown?.setAttribute("aria-current", "location");
  // Scrolls the outline alone: scrollIntoView would move the page as well.
  const list = $("outline");
  const [outer, inner] = [list, shown ?? list].map((one) => one.getBoundingClientRect());
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    list.scrollTop += inner.top - outer.top - list.clientHeight / 3;
  }
};
if (entries.length) {
  let waiting = 0;
  const soon = () => { waiting ||= requestAnimationFrame(() => { waiting = 0; keepPace(); }); };
  addEventListener("scroll", soon, { passive: true });
  soon();
  document.querySelector(".to-outline").addEventListener("click", () => { $("drawer").open = true; });
  $("outline").addEventListener("click", (event) => {
    if (event.target.closest("a") && narrow.matches) $("drawer").open = false;
  });
}

settle();
centre($("passage"));
if (current) centre($(`m${current}`));
