// Facets, order and page size take effect when they are changed, in place and in the address.
"use strict";
(() => {
  const form = document.getElementById("search");
  let asked = 0;

  const canonical = (page) => page.querySelector("link[rel=canonical]")?.getAttribute("href");

  const address = () => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value.trim()) fields.append(name, value.trim());
    }
    return `/?${fields}`;
  };

  // A region stands for those inside it: choosing one inside means less than all of it,
  // choosing the whole makes the parts superfluous.
  const settleRegions = (box) => {
    if (box.name !== "region" || !box.checked) return;
    const item = box.closest("li");
    for (const inner of item.querySelectorAll(":scope ul input")) inner.checked = false;
    for (let up = item.parentElement.closest("li"); up; up = up.parentElement.closest("li")) {
      up.querySelector("input").checked = false;
    }
  };

  const opened = () => [...document.querySelectorAll("main details[open][id]")].map((d) => d.id);

  const show = async (url) => {
    const turn = ++asked;
    const main = document.querySelector("main");
    main.setAttribute("aria-busy", "true");
    let page;
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" } });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      location.assign(url);
      return;
    }
    if (turn !== asked) return;
    const next = page.querySelector("main");
    if (!next.querySelector("#drawer")) {
      location.assign(url);
      return;
    }
    const focused = document.activeElement?.id;
    const open = opened();
    main.replaceWith(next);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    // Filters typed among the words have become ticks.
    const [typed, understood] = [form.q, page.getElementById("q")];
    if (document.activeElement !== typed) typed.value = understood.value;
    document.title = page.title;
    history.pushState({ shown: true }, "", canonical(page) ?? url);
    document.querySelector("link[rel=canonical]")?.setAttribute("href", canonical(page) ?? url);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    const count = document.getElementById("count")?.textContent ?? "";
    document.getElementById("status").textContent = count.replace(/\s+/g, " ").trim();
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
    location.assign(address());
  });

  addEventListener("popstate", () => location.reload());

  // Same search, same address, whatever was typed to get here.
  const own = canonical(document);
  if (own && own !== location.pathname + location.search) {
    history.replaceState(null, "", own + location.hash);
  }
})();
