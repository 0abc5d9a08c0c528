// What a page does where scripts run. Without them every link still leads where it says.
(() => {
  "use strict";
  const main = document.querySelector("main");
  if (!main) return;
  const make = (tag, attributes, text = "") => {
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
    element.textContent = text;
    return element;
  };

  // Notes and references beside the words they belong to, on hover and on focus (WCAG 2.2, 1.4.13).
  const popover = make("div", { class: "popover", id: "page:popover", role: "tooltip", hidden: "" });
  main.append(popover);
  const marks = 'a[role="doc-noteref"], a[role="doc-biblioref"]';
  let shown = null;
  let timer = 0;

  const later = (action, delay) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };
  const hide = () => {
    clearTimeout(timer);
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
    popover.hidden = true;
  };
  const place = (mark) => {
    const at = mark.getClientRects()[0];
    const width = document.documentElement.clientWidth;
    const box = popover.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left + at.width / 2 - box.width / 2, width - box.width - 8));
    const above = at.top - box.height - 8;
    const top = above > 8 ? above : at.bottom + 8;
    popover.style.left = `${left + scrollX}px`;
    popover.style.top = `${top + scrollY}px`;
  };
  const show = (mark) => {
    clearTimeout(timer);
    if (shown === mark) return;
    const entry = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
    if (!entry) return;
    hide();
    const copy = entry.cloneNode(true);
    copy.querySelectorAll('.links-back, [role="doc-backlink"]').forEach((link) => link.remove());
    copy.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    popover.replaceChildren(...copy.childNodes);
    popover.dir = getComputedStyle(entry).direction;
    popover.lang = entry.closest("[lang]").lang;
    popover.hidden = false;
    popover.style.left = popover.style.top = "0";
    place(mark);
    mark.setAttribute("aria-describedby", popover.id);
    shown = mark;
  };
  const markAt = (event) => (event.target.closest ? event.target.closest(marks) : null);
  const isInside = (event) => popover.contains(event.target);

  document.addEventListener("pointerover", (event) => {
    const mark = event.pointerType === "touch" || isInside(event) ? null : markAt(event);
    if (mark) later(() => show(mark), shown ? 0 : 150);
    else if (isInside(event)) clearTimeout(timer);
    else if (shown ? document.activeElement !== shown : timer) later(hide, 250);
  });
  document.addEventListener("focusin", (event) => {
    const mark = isInside(event) ? shown : markAt(event);
    if (mark) show(mark);
    else hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    const mark = shown;
    const held = popover.contains(document.activeElement);
    hide();
    if (held) mark.focus(), hide();
  });
  document.addEventListener("click", (event) => {
    if (!isInside(event)) hide();
  });

  // Buttons that copy the citations.
  const box = document.querySelector(".cite[data-copy]");
  if (box) {
    const status = make("p", { class: "copy-status", role: "status" });
    const copy = async (source) => {
      const text = source.closest("pre") ? source.textContent : source.innerText;
      const blob = (type, content) => new Blob([content], { type });
      try {
        if (window.ClipboardItem && navigator.clipboard.write && !source.closest("pre")) {
          await navigator.clipboard.write([
            new ClipboardItem({
              "text/plain": blob("text/plain", text),
              "text/html": blob("text/html", source.innerHTML),
            }),
          ]);
        } else {
          await navigator.clipboard.writeText(text);
        }
        return true;
      } catch (error) {
        getSelection().selectAllChildren(source);
        return document.execCommand("copy");
      }
    };
    box.querySelectorAll(".cite-entry").forEach((entry) => {
      const label = entry.querySelector("h3");
      const button = make("button", { type: "button", class: "copy" }, box.dataset.copy);
      button.append(make("span", { class: "unseen" }, ` ${label.textContent}`));
      button.addEventListener("click", async () => {
        const done = await copy(entry.querySelector("[data-statement]"));
        entry.append(status);
        status.textContent = "";
        requestAnimationFrame(() => {
          status.textContent = done ? `${label.textContent}: ${box.dataset.copied}` : box.dataset.failed;
        });
      });
      label.after(button);
    });
    box.append(status);
  }

  // Equations that are wider than the page are reached by the keyboard, too.
  const wide = main.querySelectorAll(".scrolled:not([role])");
  const reach = () =>
    wide.forEach((element, index) => {
      const attributes = { tabindex: "0", role: "region", "aria-label": `${main.dataset.equation} (${index + 1})` };
      for (const name of Object.keys(attributes)) {
        if (element.scrollWidth > element.clientWidth) element.setAttribute(name, attributes[name]);
        else element.removeAttribute(name);
      }
    });
  if (wide.length) {
    reach();
    addEventListener("resize", reach);
  }

  // Whatever is folded is printed open.
  const folded = () => Array.from(main.querySelectorAll("details:not([open])"));
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folded();
    opened.forEach((details) => details.setAttribute("open", ""));
  });
  addEventListener("afterprint", () => opened.forEach((details) => details.removeAttribute("open")));
})();
