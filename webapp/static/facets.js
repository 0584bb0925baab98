// Opens branches of the tree of regions where they stand, and lets a range of years be drawn.
import { address, fetched, say, show, withOpened } from "./search.js";

// Branches that are not on the page

const load = async (control, url, settle) => {
  if (control.getAttribute("aria-busy")) return;
  control.setAttribute("aria-busy", "true");
  try {
    settle(await fetched(url));
  } catch {
    location.assign(url);
  }
};

const openBranch = (button) => {
  const id = `under-${button.value}`;
  load(button, withOpened(location.href, [id]), (page) => {
    const branch = page.getElementById(id);
    button.replaceWith(branch);
    branch.open = true;
    branch.querySelector("summary").focus();
  });
};

const openDecade = (link) =>
  load(link, link.href, (page) => {
    document.getElementById("facet-year").replaceWith(page.getElementById("facet-year"));
    ready();
    (document.querySelector(".bars input:checked") ?? document.querySelector(".bars input"))?.focus();
  });

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const control = event.target.closest(".twist, .facets .zooms a");
  if (!control) return;
  event.preventDefault();
  if (control.matches(".twist")) openBranch(control);
  else openDecade(control);
});

// Right opens what lies in a region, left closes it or leads to the region it lies in.
document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.(".tree input");
  if (!box || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  event.preventDefault();
  const item = box.closest("li");
  const branch = item.querySelector(":scope > .branch");
  const closed = item.querySelector(":scope > .twist");
  if (event.key === "ArrowRight") {
    if (branch?.open) branch.querySelector("input").focus();
    else if (branch) branch.open = true;
    else if (closed) openBranch(closed);
  } else if (branch?.open) branch.open = false;
  else item.parentElement.closest("li")?.querySelector(":scope > label > input").focus();
});

// A range of years

const bars = () => [...document.querySelectorAll(".facets .bars .period")];
const box = (bar) => bar.querySelector("input");
const ends = (bar) => box(bar).value.split("-");
let anchor; // the bar from which Shift draws a range
let drawn; // [first, last] while a range is being drawn: numbers of bars, ends with a report

const told = (first, last) => {
  const all = bars().slice(first, last + 1);
  const count = all.reduce((sum, bar) => sum + Number(box(bar)?.dataset.count ?? 0), 0);
  const [from, to] = [ends(all[0])[0], ends(all.at(-1)).at(-1)];
  const pattern = document.querySelector(".facets .bars").dataset.told;
  return pattern
    .replace("{years}", from === to ? from : `${from}–${to}`)
    .replace("{count}", count.toLocaleString(document.documentElement.lang));
};

const draw = (from, to) => {
  let [first, last] = [Math.min(from, to), Math.max(from, to)];
  const all = bars();
  while (first < last && !box(all[first])) first += 1;
  while (first < last && !box(all[last])) last -= 1;
  drawn = box(all[first]) ? [first, last] : undefined;
  for (const [number, bar] of all.entries()) {
    bar.classList.toggle("picked", Boolean(drawn) && first <= number && number <= last);
  }
  tell(drawn ? told(...drawn) : "");
};

const tell = (text) => {
  const place = document.getElementById("bars-told");
  if (place) place.textContent = text;
};

const clear = () => {
  drawn = undefined;
  for (const bar of bars()) bar.classList.remove("picked");
  tell("");
};

const take = () => {
  if (!drawn) return;
  const [first, last] = drawn;
  const all = bars();
  const years = [ends(all[first])[0], ends(all[last]).at(-1)];
  anchor = undefined;
  drawn = undefined;
  const focus = box(all[last]).id;
  show(address(years[0] === years[1] ? years[0] : years.join("-")), { focus });
};

// By pointer: down on one bar, up on another. A finger that moves up or down scrolls.
let pressed;

const under = (x) => {
  const all = bars();
  const behind = all.findIndex((bar) => x < bar.getBoundingClientRect().right);
  return behind < 0 ? all.length - 1 : behind;
};

document.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest?.(".facets .period");
  if (!bar || event.button !== 0 || !event.isPrimary || event.shiftKey) return;
  pressed = { from: bars().indexOf(bar), pointer: event.pointerId, moved: false };
});

document.addEventListener("pointermove", (event) => {
  if (!pressed) {
    const bar = event.pointerType === "mouse" && event.target.closest?.(".facets .period");
    if (bar && box(bar)) tell(told(bars().indexOf(bar), bars().indexOf(bar)));
    else if (!drawn && document.getElementById("bars-told")?.textContent) tell("");
    return;
  }
  if (event.pointerId !== pressed.pointer) return;
  const to = under(event.clientX);
  if (!pressed.moved && to === pressed.from) return;
  if (!pressed.moved) document.querySelector(".facets .bars").setPointerCapture(pressed.pointer);
  pressed.moved = true;
  draw(pressed.from, to);
});

document.addEventListener("pointerup", (event) => {
  if (!pressed || event.pointerId !== pressed.pointer) return;
  const { moved } = pressed;
  pressed = undefined;
  if (!moved) return;
  // The click that ends a drag ticks nothing.
  const swallow = (click) => {
    click.preventDefault();
    click.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }));
  take();
});

document.addEventListener("pointercancel", () => {
  pressed = undefined;
  clear();
});

document.addEventListener(
  "click",
  (event) => {
    const bar = event.target.closest?.(".facets .period");
    if (!bar) return;
    const number = bars().indexOf(bar);
    // A label passes its click on to the box, which then has no Shift.
    if (event.shiftKey && anchor !== undefined && anchor !== number) {
      event.preventDefault();
      event.stopPropagation();
      draw(anchor, number);
      take();
    } else anchor = number;
  },
  { capture: true },
);

// By keyboard: arrows go from bar to bar, with Shift they draw a range, which letting go takes.
const moves = {
  ArrowLeft: (number) => number - 1,
  ArrowRight: (number) => number + 1,
  Home: () => 0,
  End: (number, last) => last,
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && (drawn || pressed)) {
    pressed = undefined;
    clear();
    return;
  }
  const bar = event.target.closest?.(".facets .period");
  if (!bar) return;
  if (event.key === "Enter" && drawn) {
    event.preventDefault();
    take();
    return;
  }
  const move = moves[event.key];
  if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const usable = bars().filter(box);
  const from = usable.indexOf(bar);
  const target = usable[Math.max(0, Math.min(usable.length - 1, move(from, usable.length - 1)))];
  if (event.shiftKey) {
    if (!drawn) anchor = bars().indexOf(bar);
    draw(anchor, bars().indexOf(target));
    if (drawn) say(told(...drawn));
  }
  rove(target);
  box(target).focus();
});

document.addEventListener("keyup", (event) => {
  if (event.key === "Shift" && drawn && !pressed) take();
});

// One stop for the Tab key, not twelve.
const rove = (to) => {
  for (const bar of bars().filter(box)) box(bar).tabIndex = bar === to ? 0 : -1;
};

const ready = () => {
  const usable = bars().filter(box);
  const focused = usable.find((bar) => box(bar) === document.activeElement);
  rove(focused ?? usable.find((bar) => box(bar).checked) ?? usable.at(-1));
};

document.addEventListener("tifa:shown", ready);
ready();
