// The reader of whole reports, a dialog with an address: #/report/ID?at=START-END.
// `element` and `server` are Gradio's. What comes from a report is text or was made text by the server.
const { make, route, written, toClipboard, still, language } = window.baogao;
const said = window.baogao.texts;
let open = null; // what is shown: { report, at, marks, form, figures }
let inPage = false; // whether the page itself led here, so that going back leads to it

const ready = server.reader({ language }).then((html) => {
  element.innerHTML = html;
  bind(element.querySelector("#reader"));
});
const dialog = () => element.querySelector("#reader");
const part = (name) => element.querySelector(name);

// The citations of the answer that is shown, of one file.
const citedOf = (name) =>
  [...document.querySelectorAll("#cards section.shown .source")]
    .filter((card) => card.dataset.document === name)
    .flatMap((card) => Object.values(JSON.parse(card.dataset.at)));

const fill = async (asked) => {
  const box = dialog();
  box.setAttribute("aria-busy", "true");
  const found = await server.report({ ...asked, language }).catch(() => null);
  if (open !== asked) return; // another was opened since
  box.removeAttribute("aria-busy");
  box.classList.toggle("gone", !found || Boolean(found.problem));
  if (!found || found.problem) {
    const problem = found?.problem ?? said.unreachable;
    if (!found) baogao.again();
    const way = found?.way ? [make("a", { href: "#/reports", textContent: found.way })] : [];
    part(".reader-about").replaceChildren(make("h2", { id: "reader-name", textContent: problem }), ...way);
    part(".leave").focus();
    part(".reader-outline").replaceChildren();
    part(".reader-text").replaceChildren();
    return;
  }
  asked.figures = found.figures;
  part(".reader-about").innerHTML = found.head;
  part(".reader-outline").innerHTML = found.outline;
  part(".reader-text").innerHTML = found.text;
  part(".reader-outline details").open = matchMedia("(min-width: 801px)").matches;
  written(`#/report/${found.id}${asked.at ? `?at=${asked.at}` : ""}`);
  const mark = part(".reader-text mark.strong") ?? part(".reader-text mark");
  if (mark) mark.scrollIntoView({ block: "center" });
  else part(".reader-text").scrollTop = 0;
  part(".reader-text").focus({ preventScroll: true });
  find(0);
};

const show = async (here) => {
  await ready;
  const box = dialog();
  if (!here) {
    open = null;
    if (box.open) box.close();
    return;
  }
  const at = here.query.get("at") ?? "";
  open = { report: here.rest, at, marks: citedOf(here.rest), form: form() };
  if (!box.open) box.showModal();
  await fill(open);
};
const form = () => element.querySelector('[name="reader-text"]:checked')?.value ?? "cleaned";

const leave = () => {
  if (inPage) history.back();
  else {
    written("");
    show(null);
  }
};
document.addEventListener("click", (event) => {
  if (event.target.closest?.('a[href^="#/report/"]') && !dialog()?.open) inPage = true;
});

// --- find -----------------------------------------------------------------------------------------
const HALF = { "，": ",", "；": ";", "：": ":", "！": "!", "？": "?", "（": "(", "）": ")" };
const folded = (text) => text.toLowerCase().replace(/[，；：！？（）]/g, (mark) => HALF[mark]);
let hits = [];
let hit = 0;
const style = new CSSStyleSheet(); // Gradio would put a scope before these selectors
style.replaceSync(
  "::highlight(found) { background: #bfdbfe; color: #1f2328 } ::highlight(found-here) { background: #f97316; color: #1f2328 }",
);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];

const rangesOf = (words) => {
  const box = part(".reader-text");
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  while (walker.nextNode()) {
    nodes.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
  }
  const place = (at, isEnd) => {
    let low = 0;
    let high = nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (nodes[middle][0] < at || (nodes[middle][0] === at && !isEnd)) low = middle;
      else high = middle - 1;
    }
    return [nodes[low][1], at - nodes[low][0]];
  };
  const found = [];
  const where = folded(text);
  const what = folded(words);
  for (let at = where.indexOf(what); at >= 0 && found.length < 2000; at = where.indexOf(what, at + what.length)) {
    const range = document.createRange();
    range.setStart(...place(at, false));
    range.setEnd(...place(at + what.length, true));
    found.push(range);
  }
  return found;
};

const find = (step) => {
  const words = part(".find input").value.trim();
  const marks = CSS.highlights;
  if (!step) {
    hits = words ? rangesOf(words) : [];
    hit = 0;
  } else if (hits.length) hit = (hit + step + hits.length) % hits.length;
  part(".find .found").textContent = words ? (hits.length ? `${hit + 1}/${hits.length}` : "0") : "";
  marks?.set("found", new Highlight(...hits));
  marks?.set("found-here", new Highlight(...hits.slice(hit, hit + 1)));
  if (hits.length && words) {
    const box = part(".reader-text");
    const at = hits[hit].getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += at - box.clientHeight / 2;
  }
};

// --- figures ----------------------------------------------------------------------------------------
const tip = make("div", { id: "figure-tip" });
tip.setAttribute("role", "tooltip");
const tell = (figure) => {
  const row = figure && open?.figures?.[figure.dataset.figure];
  if (!row) return tip.remove();
  const kind = make("span", { className: `kind ${row.style}`, textContent: row.kind });
  tip.replaceChildren(
    make("strong", { textContent: `${row.place} · ${row.indicator}` }),
    make("span", { textContent: `${row.period} · ` }, kind),
    make("span", { className: "value", textContent: row.value }),
  );
  dialog().append(tip);
  const at = figure.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - tip.offsetWidth - 8))}px`;
  const above = at.top - tip.offsetHeight - 6;
  tip.style.top = `${above > 4 ? above : at.bottom + 6}px`;
};

const bind = (box) => {
  box.addEventListener("cancel", (event) => {
    event.preventDefault(); // Escape goes back, as the button does
    leave();
  });
  box.addEventListener("click", async (event) => {
    const on = (selector) => event.target.closest(selector);
    if (event.target === box || on(".leave")) leave();
    else if (on("[data-find]")) find(Number(on("[data-find]").dataset.find));
    else if (on("[data-to]")) {
      event.preventDefault();
      const to = Number(on("[data-to]").dataset.to);
      const paragraphs = [...box.querySelectorAll(".reader-text p")];
      const target = paragraphs.filter((each) => Number(each.dataset.start) <= to).pop() ?? paragraphs[0];
      target?.scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
    } else if (on(".copy-address")) {
      const button = on(".copy-address");
      const words = button.textContent;
      button.textContent = await toClipboard(location.href).then(() => said.copied, () => said.not_copied);
      setTimeout(() => (button.textContent = words), 1600);
    } else if (on(".fig[data-figure]")) tell(on(".fig"));
  });
  box.addEventListener("mouseover", (event) => tell(event.target.closest(".fig[data-figure]")));
  box.addEventListener("scroll", () => tip.remove(), true);
  box.querySelectorAll('[name="reader-text"]').forEach((choice) =>
    choice.addEventListener("change", () => {
      open = { ...open, form: form() };
      fill(open);
    }),
  );
  const search = box.querySelector(".find");
  search.addEventListener("input", () => find(0));
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    find(1);
  });
};

route("report", show);
