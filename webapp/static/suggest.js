// Type-ahead in the search box: an ARIA combobox over /api/suggest, and over what was searched for
// lately, which only this browser keeps. Without it the box is a plain one.

const LIMIT = 8;
const PAUSE = 90; // ms without a key before anything is asked
const STORE = "tifa.recent";
const MOST_RECENT = 20;

const form = document.getElementById("search");
const box = document.getElementById("q");
const words = form.dataset;

const list = document.createElement("ul");
list.id = "suggestions";
list.className = "suggestions";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", words.list);
box.after(list);
const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
  "aria-controls": list.id, "aria-haspopup": "listbox" };
for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);

let options = []; // { element, choose, forget? }
let active = -1;
let composing = false;
let timer = 0;
let asking = new AbortController();
const known = new Map(); // what was asked for on this page -> its suggestions

const say = (text) => {
  document.getElementById("status").textContent = text;
};
const counted = (template, count) => template.replace("{count}", count.toLocaleString());

// What was searched for lately, the newest first. A browser may refuse to keep anything.
const recent = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE)) ?? [];
    return kept.filter((one) => typeof one?.q === "string" && /^\/\?/.test(one.url));
  } catch {
    return [];
  }
};
const keep = (searches) => {
  try {
    if (searches.length) localStorage.setItem(STORE, JSON.stringify(searches.slice(0, MOST_RECENT)));
    else localStorage.removeItem(STORE);
  } catch {
    // Private windows, or no room: then nothing is remembered.
  }
};
const remember = () => {
  const url = document.querySelector("link[rel=canonical]")?.getAttribute("href");
  if (!url?.startsWith("/?") || !document.getElementById("count")) return;
  const search = new URLSearchParams(url.slice(2));
  search.delete("page");
  const q = search.get("q");
  if (!q) return;
  keep([{ q, url: `/?${search}` }, ...recent().filter((one) => one.q !== q)]);
};

const close = () => {
  clearTimeout(timer);
  asking.abort();
  list.hidden = true;
  options = [];
  active = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
};

const activate = (number) => {
  options[active]?.element.setAttribute("aria-selected", "false");
  active = number;
  const element = options[active]?.element;
  if (!element) {
    box.removeAttribute("aria-activedescendant");
    return;
  }
  element.setAttribute("aria-selected", "true");
  box.setAttribute("aria-activedescendant", element.id);
  element.scrollIntoView({ block: "nearest" });
};

const span = (className, text, language) => {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  if (language) element.lang = language;
  return element;
};

// A text with the part that was typed set off; matched by sound, nothing is.
const marked = (text, typed) => {
  const element = span("said", "", "zh-CN");
  const place = typed ? text.toLowerCase().indexOf(typed.toLowerCase()) : -1;
  if (place < 0) {
    element.textContent = text;
    return element;
  }
  const mark = document.createElement("b");
  mark.textContent = text.slice(place, place + typed.length);
  element.append(text.slice(0, place), mark, text.slice(place + typed.length));
  return element;
};

const option = (parts, choose, forget) => {
  const element = document.createElement("li");
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", "false");
  element.append(...parts);
  return { element, choose, forget };
};

const open = (found, chosen = -1) => {
  options = found;
  list.replaceChildren(...found.map(({ element }) => element));
  found.forEach(({ element }, number) => {
    element.id = `suggestion-${number}`;
  });
  list.hidden = !found.length;
  box.setAttribute("aria-expanded", String(found.length > 0));
  activate(Math.min(chosen, found.length - 1));
};

const go = (url) => {
  close();
  location.assign(url);
};

const showRecent = (chosen = -1) => {
  const searches = recent();
  if (!searches.length) {
    close();
    return;
  }
  const forget = (q) => {
    keep(recent().filter((one) => one.q !== q));
    say(words.forgotten);
    showRecent(active);
  };
  const found = searches.map(({ q, url }) => {
    const cross = span("forget", "×");
    cross.title = words.forget;
    cross.setAttribute("aria-hidden", "true");
    return option([span("said", q, "zh-CN"), cross], () => go(url), () => forget(q));
  });
  const clear = option([span("said clear", words.clear)], () => {
    keep([]);
    say(words.forgotten);
    close();
  });
  list.dataset.heading = words.recent;
  open([...found, clear], chosen);
};

const show = (typed, suggestions) => {
  delete list.dataset.heading;
  const last = typed.trim().split(/\s+/).pop().replace(/^["“「『＂〝]+/, "");
  open(
    suggestions.map(({ text, kind, reports, url }) => {
      const count = counted(reports === 1 ? words.one : words.many, reports);
      const parts = [marked(text, last), span("count", count)];
      if (words[kind]) parts.splice(1, 0, span("kind", words[kind]));
      return option(parts, () => go(url));
    }),
  );
  if (suggestions.length) say(counted(words.told, suggestions.length));
};

const ask = async () => {
  const typed = box.value;
  if (!typed.trim()) {
    showRecent();
    return;
  }
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name === "q" || value.trim()) fields.append(name, value);
  }
  fields.set("limit", LIMIT);
  const url = `/api/suggest?${fields}`;
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    if (!known.has(url)) {
      const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      known.set(url, suggestions);
    }
  } catch {
    return; // overtaken, or the server cannot be reached: typing goes on as it is
  }
  if (!signal.aborted && box.value === typed && document.activeElement === box) {
    show(typed, known.get(url));
  }
};

const later = () => {
  clearTimeout(timer);
  if (!composing) timer = setTimeout(ask, box.value.trim() ? PAUSE : 0);
};

// While letters are being composed to characters, what stands in the box is not yet typed.
box.addEventListener("compositionstart", () => {
  composing = true;
  clearTimeout(timer);
});
box.addEventListener("compositionend", () => {
  composing = false;
  later();
});
box.addEventListener("input", later);
box.addEventListener("focus", () => {
  if (!box.value) showRecent();
});
box.addEventListener("click", () => {
  if (!box.value && list.hidden) showRecent();
});
box.addEventListener("blur", close);

box.addEventListener("keydown", (event) => {
  if (composing || event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    if (list.hidden) ask();
    else activate(((active + 1 + step + options.length + 1) % (options.length + 1)) - 1);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    options[active].choose();
  } else if (event.key === "Delete" && options[active]?.forget) {
    event.preventDefault();
    options[active].forget();
  } else if (event.key === "Enter" || event.key === "Tab") {
    close();
  }
});

// Pressing on an option must not take the focus, and with it the list, away.
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const element = event.target.closest("[role=option]");
  const chosen = options.find((one) => one.element === element);
  if (event.target.closest(".forget")) chosen?.forget();
  else chosen?.choose();
});

const card = document.getElementById("card");
card?.addEventListener("toggle", () => {
  if (card.open) close();
});

remember();
document.addEventListener("tifa:shown", remember);
