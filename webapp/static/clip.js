// Copying, also where navigator.clipboard is missing: on plain http that is every network.
const modern = async (plain, html) => {
  if (!html) return navigator.clipboard.writeText(plain);
  const forms = { "text/plain": plain, "text/html": html };
  const blobs = Object.entries(forms).map(([type, text]) => [type, new Blob([text], { type })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
};

const plainly = (plain, html) => {
  const selection = getSelection();
  const ranges = Array.from({ length: selection.rangeCount }, (_, i) => selection.getRangeAt(i));
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.className = "hidden";
  field.value = plain;
  field.readOnly = true;
  document.body.append(field);
  field.select();
  let done = false;
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", plain);
    if (html) event.clipboardData.setData("text/html", html);
    done = true;
  };
  document.addEventListener("copy", fill, { once: true });
  const allowed = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  field.remove();
  focused?.focus({ preventScroll: true });
  selection.removeAllRanges();
  for (const range of ranges) selection.addRange(range);
  if (!allowed || !done) throw new Error("not copied");
};

// Puts text on the clipboard, and beside it the same as HTML if there is any; rejects if it
// could not.
export const copy = async (plain, html = "") => {
  if (navigator.clipboard && isSecureContext) {
    try {
      return await modern(plain, html);
    } catch {
      // Refused by the browser or its owner: the old way may still be open.
    }
  }
  return plainly(plain, html);
};

// Buttons that copy what they name; where even that is refused, the text is there to select.
for (const button of document.querySelectorAll("[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const name = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await copy(text.textContent.trim());
    } catch {
      getSelection().selectAllChildren(text);
      return;
    }
    button.textContent = button.dataset.copied;
    document.getElementById("status").textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = name; }, 2000);
  });
}
