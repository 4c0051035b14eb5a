// The tab of trends. What is followed stands in the address: #/trends?term=…&place=… for words,
// #/trends?indicator=…&measure=… for an indicator. `element` and `server` are Gradio's. HTML comes
// from the server, which makes reports' words text.
const { language, route, written, address, showTab, picker, framing, wayBack, download, savePicture, openSource, make } = window.baogao;
const said = window.baogao.texts;
const MANY = ["term", "place"];
const ONE = ["indicator", "from", "to", "measure", "kind"];
let state = null;
let first = {};
let asked = 0; // what was asked last: an answer that comes after it is late
let pickers = {};
const part = (name) => element.querySelector(name);
const problem = (text) => (part(".filters .problem").textContent = text ?? "");

const framed = framing(element, () => server.trends_frame({ language }), (found) => {
  first = found.first;
  bind();
  pickers.place.offer(found.places);
  pickers.indicator.offer(found.indicators);
  suggest();
});

const read = (query) => ({
  ...Object.fromEntries(MANY.map((side) => [side, query.getAll(side)])),
  ...Object.fromEntries(ONE.map((side) => [side, query.get(side) ?? ""])),
  by: query.getAll("term").length || !query.get("indicator") ? "term" : "indicator",
});
const addressOf = () => {
  const query = new URLSearchParams();
  const isOf = (side) => !(state.by === "term" ? ["indicator", "measure", "kind"] : ["term"]).includes(side);
  MANY.filter(isOf).forEach((side) => state[side].forEach((each) => query.append(side, each)));
  ONE.filter(isOf).forEach((side) => state[side] && query.set(side, state[side]));
  return `#/trends?${query}`;
};

const show = async () => {
  asked += 1;
  const mine = asked;
  const isTerm = state.by === "term";
  element.dataset.by = state.by;
  part(`[name="trend-by"][value="${state.by}"]`).checked = true;
  const nothing = isTerm ? !state.term.length : !state.indicator;
  part(".begin").hidden = !(isTerm && nothing);
  if (isTerm && nothing) server.trends_ahead({}).catch(() => null);
  pickers.term.show(state.term.map((term) => [term, term]));
  element.setAttribute("aria-busy", "true");
  const wait = setTimeout(() => problem(said.waiting), 500);
  const wanted = isTerm ? { ...state, indicator: "" } : { ...state, term: [] };
  const found = await server.trends({ ...wanted, language }).catch(() => null);
  clearTimeout(wait);
  if (mine !== asked) return;
  element.removeAttribute("aria-busy");
  if (!found) baogao.again();
  if (!found || found.problem) return problem(found?.problem ?? said.unreachable);
  problem("");
  part(".trend").innerHTML = found.html;
  state.place = found.place.map(([key]) => key); // an address may have names for them
  if (address().name === "trends") written(addressOf());
  pickers.place.show(found.place);
  pickers.indicator.show(found.indicator ? [[state.indicator, found.indicator]] : []);
  ["from", "to"].forEach((side) => {
    const field = part(`[name="${side}"]`);
    if (field !== document.activeElement) field.value = state[side];
  });
  const measure = part('[name="measure"]');
  measure.replaceChildren(...found.measures.map(([key, name]) => new Option(name, key)));
  measure.disabled = found.measures.length < 2;
  part('[name="kind"]').value = found.kind;
  part(".side").hidden = isTerm || found.place.length === 1;
};

const choose = (changed) => {
  state = { ...state, ...changed };
  problem("");
  written(addressOf());
  return show();
};

// The few places that an indicator is shown of at first are no choice of the reader's: words are
// followed through all of them.
const placesOf = (by) => {
  const few = first.place ?? [];
  const untouched = state.place.length === few.length && few.every((each) => state.place.includes(each));
  if (by === "term") return untouched ? [] : state.place;
  return state.place.length ? state.place : few;
};

const suggest = async () => {
  const terms = await server.trends_suggested({}).catch(() => []);
  const box = part(".suggested");
  box.hidden = !terms.length;
  terms.forEach((term) => {
    const button = make("button", { type: "button", className: "chip", textContent: term });
    button.addEventListener("click", () => choose({ term: [term] }));
    box.append(button);
  });
};

const named = async (side, key, name) => {
  if (key !== undefined) return [key];
  const found = await server.trends_named({ side, name, language }).catch(() => null);
  if (!found?.keys) problem(found?.problem ?? said.unreachable);
  return found?.keys;
};

const bind = () => {
  const field = (side, add, remove) => {
    pickers[side] = picker(part(`[data-side="${side}"]`), { removing: said.remove, add, remove });
  };
  const less = (side) => (key) => choose({ [side]: state[side].filter((each) => each !== key) });
  field("term", (_, words) => choose({ term: [...new Set([...state.term, words])] }), less("term"));
  field("place", async (key, name) => {
    const keys = await named("place", key, name);
    if (keys) choose({ place: [...new Set([...state.place, ...keys])] });
  }, less("place"));
  field("indicator", async (key, name) => {
    const keys = await named("indicator", key, name);
    if (keys) choose({ indicator: keys[0], measure: "" });
  }, () => choose({ indicator: "", measure: "" }));
  element.querySelectorAll('[name="trend-by"]').forEach((way) =>
    way.addEventListener("change", () =>
      choose({ by: way.value, place: placesOf(way.value) }).then(() => part(`[data-side="${way.value}"] input`).focus()),
    ),
  );
  ["from", "to", "measure", "kind"].forEach((side) =>
    part(`[name="${side}"]`).addEventListener("change", (event) => choose({ [side]: event.target.value })),
  );
  element.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    if (on("[data-save]")) save(on("[data-save]"));
    else if (on("[data-figure]")) openSource(element, server, on("[data-figure]"), language);
  });
};

const save = async (button) => {
  if (button.dataset.save === "png") return savePicture(part(".chart .wide svg"));
  const words = button.textContent;
  button.textContent = said.saving;
  button.disabled = true;
  const wanted = state.by === "term" ? { ...state, indicator: "" } : { ...state, term: [] };
  const found = await server.trends_file({ ...wanted, form: button.dataset.save, language }).catch(() => null);
  button.textContent = words;
  button.disabled = false;
  if (!found?.text) return problem(found?.problem ?? said.unreachable);
  const name = state.by === "term" ? `${state.term[0]}-${button.dataset.save}` : state.indicator;
  download(new Blob([found.text], { type: "text/csv;charset=utf-8" }), `baogao-${name}.csv`);
};

route("trends", async (here) => {
  if (!here) return;
  showTab("trends");
  if (!(await framed())) return;
  wayBack(element);
  const bare = ![...here.query].length;
  if (bare && state) return written(addressOf());
  state = read(here.query);
  if (bare) state = { ...state, ...first, by: first.indicator ? "indicator" : "term" };
  written(addressOf());
  show();
});
