// The tab of figures. What is chosen stands in the address: #/figures?place=…&indicator=…&from=…
// `element` and `server` are Gradio's. HTML comes from the server, which makes reports' words text.
const { language, route, written, showTab, picker, framing, wayBack, download, savePicture, openSource } = window.baogao;
const said = window.baogao.texts;
const MANY = ["place", "indicator"];
const ONE = ["from", "to", "kind", "measure", "sort", "desc", "page"];
let state = null;
let first = {};
let nothing = ""; // what stands where a source will be shown
let asked = 0; // what was asked last: an answer that comes after it is late
let pickers = {};
const part = (name) => element.querySelector(name);

const framed = framing(element, () => server.figures_frame({ language }), (found) => {
  nothing = part(".opened").innerHTML;
  first = found.first;
  bind();
});

const read = (query) => {
  const found = {};
  MANY.forEach((side) => (found[side] = query.getAll(side)));
  ONE.forEach((side) => (found[side] = query.get(side) ?? ""));
  return found;
};
const addressOf = () => {
  const query = new URLSearchParams();
  MANY.forEach((side) => state[side].forEach((each) => query.append(side, each)));
  ONE.forEach((side) => state[side] && query.set(side, state[side]));
  return `#/figures?${query}`;
};

const problem = (text) => (part(".filters .problem").textContent = text ?? "");

const show = async () => {
  asked += 1;
  const mine = asked;
  element.setAttribute("aria-busy", "true");
  const found = await server.figures({ ...state, language }).catch(() => null);
  if (mine !== asked) return;
  element.removeAttribute("aria-busy");
  if (!found) {
    problem(said.unreachable);
    return baogao.again();
  }
  problem("");
  state.page = found.page ? String(found.page) : "";
  part(".above").innerHTML = found.actions;
  part(".rows").innerHTML = found.table;
  if (!found.drawable) part(".chart").replaceChildren();
  part(".opened").innerHTML = nothing; // a source of before is of no row that is shown now
  MANY.forEach((side) => {
    pickers[side].show(found.names[side]);
    state[side] = found.names[side].map(([key]) => key); // an address may have names for them
  });
  ["kind", "measure"].forEach((side) => {
    const select = part(`[name="${side}"]`);
    select.value = state[side];
    if (select.value === state[side]) return;
    select.append(new Option(found.names[side], state[side])); // the others come with their counts
    select.value = state[side];
  });
  if (baogao.address().name === "figures") written(addressOf());
  ["from", "to"].forEach((side) => {
    const field = part(`[name="${side}"]`);
    if (field !== document.activeElement) field.value = state[side]; // what is typed just now stays
  });
  if (found.drawable) draw(mine);
  const facets = await server.figures_facets({ ...state, language }).catch(() => null);
  if (mine !== asked || !facets) return;
  MANY.forEach((side) => pickers[side].offer(facets[side]));
  ["kind", "measure"].forEach((side) => choices(side, facets[side]));
};

const draw = async (mine) => {
  const chart = await server.figures_chart({ ...state, language }).catch(() => null);
  if (mine !== asked) return;
  part(".chart").innerHTML = chart ?? "";
  const button = part('[data-save="png"]');
  if (button) button.hidden = !chart;
};

const choices = (side, options) => {
  const select = part(`[name="${side}"]`);
  const [any] = select.options;
  select.replaceChildren(
    any,
    ...options.map(([key, name, count]) => {
      const option = new Option(`${name} (${count.toLocaleString()})`, key);
      option.disabled = !count && key !== state[side];
      return option;
    }),
  );
  select.value = state[side];
};

const choose = (changed) => {
  state = { ...state, page: "", ...changed };
  problem("");
  written(addressOf());
  show();
};

const bind = () => {
  MANY.forEach((side) => {
    pickers[side] = picker(part(`[data-side="${side}"]`), {
      removing: said.remove,
      add: async (key, name) => {
        const found = key === undefined ? await server.figures_named({ side, name, language }) : { keys: [key] };
        if (!found?.keys) return problem(found?.problem ?? said.unreachable);
        choose({ [side]: [...new Set([...state[side], ...found.keys])] });
      },
      remove: (key) => choose({ [side]: state[side].filter((each) => each !== key) }),
    });
  });
  ["from", "to", "kind", "measure"].forEach((side) =>
    part(`[name="${side}"]`).addEventListener("change", (event) => choose({ [side]: event.target.value })),
  );
  element.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    if (on("[data-sort]")) {
      const sort = on("[data-sort]").dataset.sort;
      const same = state.sort === sort;
      choose({ sort, desc: same ? (state.desc ? "" : "1") : sort === "value" ? "1" : "" });
    } else if (on("[data-page]")) {
      choose({ page: on("[data-page]").dataset.page });
      part(".above").scrollIntoView({ block: "nearest" });
    } else if (on(".clear")) choose(Object.fromEntries([...MANY.map((side) => [side, []]), ...ONE.map((side) => [side, ""])]));
    else if (on("[data-save]")) save(on("[data-save]"));
    else if (on("[data-figure]")) openSource(element, server, on("[data-figure]"), language);
  });
};

const save = async (button) => {
  const form = button.dataset.save;
  if (form === "png") return savePicture(part(".chart .wide svg"));
  const words = button.textContent;
  button.textContent = said.saving;
  button.disabled = true;
  const found = await server.figures_file({ ...state, form, language }).catch(() => null);
  button.textContent = words;
  button.disabled = false;
  if (!found || found.problem) return problem(found?.problem ?? said.unreachable);
  if (form === "parquet") {
    const bytes = Uint8Array.from(atob(found.base64), (letter) => letter.charCodeAt(0));
    download(new Blob([bytes], { type: "application/vnd.apache.parquet" }), "baogao.parquet");
  } else download(new Blob([found.text], { type: "text/csv;charset=utf-8" }), "baogao.csv");
};

route("figures", async (here) => {
  if (!here) return;
  showTab("figures");
  if (!(await framed())) return;
  wayBack(element);
  const bare = ![...here.query].length;
  if (bare && state) return written(addressOf()); // back in the tab: what was chosen stands
  state = { ...read(here.query), ...(bare ? first : {}) };
  written(addressOf());
  show();
});
