// Stepping through the matches without loading the page again; n and p do the same.
"use strict";
(() => {
  const counter = document.getElementById("counter");
  const centre = (element) => element?.scrollIntoView({ block: "center" });

  centre(document.getElementById("passage"));
  if (!counter) return;

  const total = Number(counter.textContent.split("/")[1]);
  let current = Number.parseInt(counter.textContent, 10) || 0;

  const step = (by) => {
    // From nowhere, forwards leads to the first match and backwards to the last.
    current = current ? ((current - 1 + by + total) % total) + 1 : by > 0 ? 1 : total;
    for (const mark of document.querySelectorAll("mark.current")) mark.classList.remove("current");
    const pieces = document.querySelectorAll(`mark[data-match="${current}"]`);
    for (const piece of pieces) piece.classList.add("current");
    counter.textContent = `${current} / ${total}`;
    centre(pieces[0]);
    const here = new URL(location.href);
    here.searchParams.set("m", current);
    here.hash = `m${current}`;
    history.replaceState(null, "", here);
  };

  const steps = { previous: -1, next: 1 };
  for (const [id, by] of Object.entries(steps)) {
    document.getElementById(id).addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      step(by);
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  });

  if (current) centre(document.getElementById(`m${current}`));
})();
