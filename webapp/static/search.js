// Facets, order and page size take effect when they are changed, in place and in the address.
// After each such change a "tifa:shown" event tells others that <main> is a new one.

const form = document.getElementById("search");
let asked = new AbortController();

const canonical = (page) => page.querySelector("link[rel=canonical]")?.getAttribute("href");
const here = () => location.pathname + location.search;
// What the page shows; the address bar is ahead of it while a page is on its way.
let shown = here();

const opened = () => [...document.querySelectorAll("main details[open][id]")].map((d) => d.id);

// An address together with what stands open in the facets, which is no part of the search.
export const withOpened = (url, ids = opened()) => {
  const full = new URL(url, location.href);
  full.searchParams.delete("open");
  for (const id of ids) {
    if (id.startsWith("under-")) full.searchParams.append("open", id.slice("under-".length));
  }
  const decade = document.querySelector(".bars[data-closer]")?.dataset.closer;
  if (decade) full.searchParams.append("open", decade);
  return full.pathname + full.search;
};

// The address of what is ticked and typed; `years` takes the place of all chosen years.
export const address = (years) => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name === "open" || !value.trim()) continue;
    if (years && ["year", "from", "to"].includes(name)) continue;
    fields.append(name, value.trim());
  }
  if (years) fields.append("year", years);
  return `/?${fields}`;
};

// The page at an address, as a document.
export const fetched = async (url, signal) => {
  const answer = await fetch(url, { headers: { Accept: "text/html" }, signal });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

export const say = (text) => {
  document.getElementById("status").textContent = text.replace(/\s+/g, " ").trim();
};

// How the page is being looked at, for when the browser's buttons lead back to it.
const remember = () => {
  if (here() !== shown) return;
  const focus = document.activeElement?.id;
  history.replaceState({ open: opened(), top: scrollY, focus }, "");
};

// The same control in the new page, or the number of results where that control is gone.
const focusOn = (id) => {
  const target = (id && document.getElementById(id)) || document.getElementById("count");
  if (target.id === "count") target.tabIndex = -1;
  target.focus({ preventScroll: true });
};

// Shows the page of another search in place of this one. `back` is what was remembered of it,
// when the browser's buttons lead there.
export const show = async (url, { back, focus } = {}) => {
  asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  document.querySelector("main").setAttribute("aria-busy", "true");
  const open = back?.open ?? opened();
  let page;
  try {
    page = await fetched(withOpened(url, open), signal);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
    return;
  }
  const next = page.querySelector("main");
  if (signal.aborted) return;
  if (!next?.querySelector("#drawer")) {
    location.assign(url);
    return;
  }
  const own = canonical(page) ?? url;
  const main = document.querySelector("main");
  const active = document.activeElement;
  const wanted = back ? back.focus : (focus ?? (main.contains(active) ? active.id : undefined));
  if (!back) remember();
  main.replaceWith(next);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  // Filters typed among the words have become ticks; the mode is chosen beside the words.
  const theirs = page.getElementById("search");
  if (back || document.activeElement !== form.q) form.q.value = theirs.q.value;
  if (form.mode) form.mode.value = theirs.mode.value;
  document.title = page.title;
  document.querySelector("link[rel=canonical]")?.setAttribute("href", own);
  if (!back) history.pushState(null, "", own);
  shown = here();
  if (back?.top !== undefined) scrollTo({ top: back.top, behavior: "instant" });
  if (wanted !== undefined) focusOn(wanted);
  say(document.getElementById("count")?.textContent ?? "");
  document.dispatchEvent(new CustomEvent("tifa:shown"));
};

const own = (item) => item?.querySelector(":scope > label > input");

// A region stands for those inside it: choosing one inside means less than all of it,
// choosing the whole makes the parts superfluous.
const settleRegions = (box) => {
  if (box.name !== "region" || !box.checked) return;
  const item = box.closest("li");
  for (const inner of item.querySelectorAll(":scope li input")) inner.checked = false;
  for (let up = item.parentElement.closest("li"); up; up = up.parentElement.closest("li")) {
    own(up).checked = false;
  }
};

document.addEventListener("change", (event) => {
  if (event.target.form !== form || event.target.id === "q") return;
  // Two fields make one choice: Enter or their button says when both are typed.
  if (event.target.closest(".range")) return;
  settleRegions(event.target);
  if (event.target.checkValidity()) show(address());
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const inRange = document.activeElement?.closest(".range") || event.submitter?.closest(".range");
  if (inRange) show(address(), { focus: document.activeElement.id || "year-from" });
  else location.assign(address());
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const chip = event.target.closest(".chips a");
  if (chip) {
    event.preventDefault();
    show(chip.href, { focus: "count" });
  }
  if (event.target.closest(".see")) document.getElementById("drawer").open = false;
});

// How many results are ticked, to be exported.
document.addEventListener("change", (event) => {
  const what = document.getElementById("export-what");
  if (!event.target.matches("input.pick") || !what) return;
  const chosen = document.querySelectorAll("input.pick:checked").length;
  what.dataset.all ??= what.textContent;
  what.textContent = chosen ? what.dataset.some.replace("{}", chosen) : what.dataset.all;
  document.querySelector("#export-menu > summary").dataset.chosen = chosen || "";
});

addEventListener("popstate", (event) => {
  // Only a place on the page was named, or an address that a script put there itself.
  if (here() !== shown) show(here(), { back: event.state ?? {} });
});

addEventListener("pagehide", remember);
addEventListener("scrollend", remember);
document.addEventListener("toggle", remember, { capture: true });

// Same search, same address, whatever was typed to get here.
const settled = canonical(document);
if (settled && settled !== here()) {
  history.replaceState(history.state, "", settled + location.hash);
  shown = here();
}
// Come back to from elsewhere: what stood open stands open again.
const back = history.state?.open;
if (back?.some((id) => id.startsWith("under-") && !document.getElementById(id))) {
  show(here(), { back: history.state });
} else {
  for (const id of back ?? []) document.getElementById(id)?.setAttribute("open", "");
}
