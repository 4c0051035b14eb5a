// The tab of reports: a table of all of them, sorted and searched here; files are taken in one by one.
// `element` and `server` are Gradio's. What comes from reports is set as text, never as HTML.
const { language, route, showTab, make, again } = window.baogao;
const said = window.baogao.texts;
const MORE = 200; // rows shown at once
let rows = [];
let sort = { by: "", down: false };
let shown = MORE;
let mayChange = false;
const part = (name) => element.querySelector(name);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// --- the table ------------------------------------------------------------------------------------
const found = () => {
  const words = part('[type="search"]').value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const doubtful = part(".only-doubts input").checked;
  const kept = rows.filter((row) => {
    if (doubtful && !row.doubts.length) return false;
    const text = [row.place, row.place_zh, row.year, row.title, row.speaker, row.date, row.document].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (!sort.by) return kept;
  const value = (row) => (sort.by === "place" ? row.code : sort.by === "source" ? row.document : row[sort.by]);
  const order = (one, other) =>
    typeof value(one) === "number" && typeof value(other) === "number"
      ? value(one) - value(other)
      : String(value(one)).localeCompare(String(value(other)), "zh");
  return kept.sort((one, other) => order(one, other) * (sort.down ? -1 : 1));
};

const show = () => {
  const kept = found();
  part("tbody").replaceChildren(...kept.slice(0, shown).map(line));
  const words = kept.length < rows.length ? said.reports_shown : said.reports_all;
  part(".count").textContent = fill(words, { count: kept.length.toLocaleString(), all: rows.length.toLocaleString() });
  const more = kept.length - shown;
  const button = part(".show-more");
  button.hidden = more <= 0;
  button.textContent = fill(said.show_more, { count: more.toLocaleString() });
  part(".empty").hidden = rows.length > 0;
  part(".report-tools").hidden = !rows.length;
  part(".sheet").hidden = !kept.length;
  part(".none-fit").hidden = !rows.length || kept.length > 0;
};

const action = (label, act) => {
  const button = make("button", { type: "button", textContent: label });
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    act(button);
  });
  return button;
};

const line = (row) => {
  const open = make("a", { href: `#/report/${row.id}`, textContent: row.title || row.document });
  const source = row.url
    ? make("a", { href: row.url, target: "_blank", rel: "noopener noreferrer", textContent: row.document })
    : make("span", { textContent: row.document });
  const cells = [row.place || "—", String(row.year || "—")].map((text) => make("td", { textContent: text }));
  const title = make("td", { className: "title" }, open);
  row.doubts.forEach((doubt) => title.append(make("small", { className: "doubt", textContent: doubt })));
  const acts = make("td", { className: "acts" });
  if (row.code && row.year) acts.append(action(said.ask_only, () => askOnly(row)));
  if (mayChange) acts.append(action(said.correct, () => correct(row, made)), action(said.remove_report, () => remove(row)));
  const figures = make("td", { textContent: row.figures.toLocaleString() });
  figures.dataset.column = part('[data-sort="figures"]').firstChild.textContent;
  const made = make(
    "tr",
    {},
    ...cells,
    title,
    ...[row.speaker, row.date].map((text) => make("td", { textContent: text })),
    figures,
    make("td", { className: "file" }, source),
    acts,
  );
  return made;
};

const load = async () => {
  const answer = await server.reports({ language }).catch(() => null);
  if (!answer) {
    part(".count").textContent = said.unreachable;
    return again();
  }
  rows = answer.rows;
  refreshHead(answer.coverage);
  show();
};
const refreshHead = (html) => {
  const old = document.querySelector("#masthead .coverage");
  if (old) old.outerHTML = html;
};

const askOnly = (row) => {
  document.dispatchEvent(new CustomEvent("baogao:only", { detail: { id: row.id } }));
  document.getElementById("ask-tab-button")?.click();
  document.querySelector("#question textarea")?.focus();
};

// --- changes --------------------------------------------------------------------------------------
const put = (row, id = row.id) => {
  const at = rows.findIndex((each) => each.id === id);
  if (at >= 0) rows[at] = row;
  else rows.unshift(row);
  show();
};

const correct = (row, made) => {
  const place = make("input", { value: row.place, ariaLabel: said.place });
  const year = make("input", { value: row.year, inputMode: "numeric", maxLength: 4, ariaLabel: said.year, className: "year" });
  const problem = make("span", { className: "problem" });
  problem.setAttribute("role", "alert");
  const form = make("form", { className: "correct" }, place, year, make("button", { type: "submit", textContent: said.save }));
  form.append(action(said.cancel, show), problem);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await server
      .report_correct({ id: row.id, place: place.value === row.place ? "" : place.value, year: year.value === String(row.year) ? "" : year.value, language })
      .catch(() => null);
    if (!answer?.row) return (problem.textContent = answer?.problem ?? said.unreachable);
    put(answer.row, row.id);
    load();
  });
  form.addEventListener("keydown", (event) => event.key === "Escape" && show());
  const cell = make("td", { colSpan: 8 }, form);
  made.replaceChildren(cell);
  place.select();
};

const remove = async (row) => {
  const answer = await server.report_remove({ id: row.id, language }).catch(() => null);
  const line = part("p.undo");
  if (!answer?.undo) return (line.textContent = answer?.problem ?? said.unreachable);
  rows = rows.filter((each) => each.id !== row.id);
  show();
  const name = [row.place, row.year].filter(Boolean).join(" ") || row.document;
  const undo = action(said.undo, async () => {
    line.textContent = said.waiting;
    const back = await server.report_back({ undo: answer.undo, language }).catch(() => null);
    line.textContent = back?.row ? "" : (back?.problem ?? said.unreachable);
    load();
  });
  line.replaceChildren(make("span", { textContent: fill(said.removed, { name }) }), undo);
  undo.focus();
  load();
};

// --- files ----------------------------------------------------------------------------------------
const base64 = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",", 2)[1] ?? "");
    reader.onerror = reject;
    reader.readAsDataURL(file);
  });

const takeIn = async (files) => {
  const list = part(".taken");
  const lines = [...files].map((file) => {
    const item = make("li", {}, make("strong", { textContent: file.name }), make("span", { textContent: said.in_line }));
    list.append(item);
    return [file, item];
  });
  for (const [file, item] of lines) await takeOne(file, item, false);
  await load();
  if (rows.length) list.after(part(".to-ask") ?? make("p", { className: "to-ask" }, make("a", { href: "#/", textContent: said.to_ask })));
};

// Where there was nothing to ask, the conversation was laid out so: it is laid out anew.
document.addEventListener("click", (event) => {
  const leads = event.target.closest?.('#ask-tab-button, .to-ask a');
  if (!leads || !rows.length || !document.querySelector("#chat .welcome h2")) return;
  event.preventDefault();
  location.assign(location.pathname + location.search);
  if (!location.hash) location.reload();
});

const takeOne = async (file, item, force) => {
  const words = item.querySelector("span");
  item.className = "busy";
  words.textContent = said.reading;
  const most = Number(part(".drop").dataset.largest);
  if (file.size > most) {
    item.className = "failed";
    words.textContent = fill(said.too_large, { most: Math.floor(most / 1e5) / 10 });
    return;
  }
  const content = await base64(file).catch(() => null);
  const answer =
    content === null
      ? { problem: said.not_readable }
      : await server.report_upload({ name: file.name, content, force, language }).catch(() => null);
  item.className = answer?.state ?? "failed";
  words.textContent = answer?.line ?? answer?.problem ?? said.unreachable;
  if (answer?.row) {
    item.append(make("a", { href: `#/report/${answer.row.id}`, textContent: said.open_report }));
    put(answer.row);
  }
  if (answer?.state === "refused" && answer.anyway) {
    const anyway = action(said.anyway, async () => {
      anyway.remove();
      await takeOne(file, item, true);
      load();
    });
    item.append(anyway);
  }
};

// --- the frame --------------------------------------------------------------------------------------
const frame = async () => {
  const html = await server.reports_frame({ language }).catch(() => null);
  if (!html) {
    element.replaceChildren(make("p", { className: "pane-problem", textContent: said.unreachable }));
    again();
    return null;
  }
  element.innerHTML = html;
  const drop = part(".drop");
  mayChange = Boolean(drop);
  part('[type="search"]').addEventListener("input", () => {
    shown = MORE;
    show();
  });
  part(".only-doubts input").addEventListener("change", show);
  part(".show-more").addEventListener("click", () => {
    shown += MORE;
    show();
  });
  part("thead").addEventListener("click", (event) => {
    const by = event.target.closest("[data-sort]")?.dataset.sort;
    if (!by) return;
    sort = { by, down: sort.by === by ? !sort.down : by === "year" || by === "figures" || by === "date" };
    element.querySelectorAll("[data-sort]").forEach((button) => {
      const here = button.dataset.sort === by;
      button.closest("th").setAttribute("aria-sort", here ? (sort.down ? "descending" : "ascending") : "none");
      button.querySelector("span").textContent = here ? (sort.down ? "↓" : "↑") : "";
    });
    show();
  });
  if (drop) {
    part('[type="file"]').addEventListener("change", (event) => {
      takeIn(event.target.files);
      event.target.value = "";
    });
    ["dragover", "dragleave", "drop"].forEach((name) =>
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.toggle("over", name === "dragover");
        if (name === "drop" && event.dataTransfer.files.length) takeIn(event.dataTransfer.files);
      }),
    );
  }
  await load();
  return element;
};
let framed = null;
route("reports", (here) => {
  if (!here) return;
  showTab("reports");
  framed = (framed ?? Promise.resolve(null)).then((there) => (there ? load().then(() => there) : frame()));
});
