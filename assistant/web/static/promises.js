// The tab of promises. What is chosen stands in the address: #/promises?place=…&year=…
// `element` and `server` are Gradio's. HTML comes from the server, which makes reports' words text.
const { language, route, written, showTab, picker, framing, openSource } = window.baogao;
const said = window.baogao.texts;
let state = null;
let first = null;
let place = null;
let nothing = ""; // what stands where a source will be shown
let asked = 0;
const part = (name) => element.querySelector(name);
const problem = (text) => (part(".filters .problem").textContent = text ?? "");

const framed = framing(element, () => server.promises_frame({ language }), (found) => {
  nothing = part(".opened").innerHTML;
  first = found.first ?? { place: "", year: "" };
  place = picker(part(".picker"), { add: (key) => key && choose({ place: key, year: "" }) });
  place.offer(found.places);
  place.input.addEventListener("focus", () => place.input.select());
  part('[name="year"]').addEventListener("change", (event) => choose({ ...state, year: event.target.value }));
  part(".board").addEventListener("toggle", board);
  part(".board").open = innerWidth > 900; // below, it would stand before what was asked for
  element.addEventListener("click", (event) => {
    const figure = event.target.closest("[data-figure]");
    if (figure) openSource(element, server, figure, language);
  });
});

const board = async () => {
  const box = part(".board > div");
  if (!state || !part(".board").open || box.dataset.year === state.year) return;
  box.dataset.year = state.year;
  box.replaceChildren(baogao.make("p", { className: "empty", textContent: said.waiting }));
  const year = state.year;
  const html = await server.promises_board({ year, language }).catch(() => null);
  if (box.dataset.year === year) box.innerHTML = html ?? "";
};

const show = async () => {
  asked += 1;
  const mine = asked;
  const found = await server.promises({ ...state, language }).catch(() => null);
  if (mine !== asked) return;
  if (!found) {
    problem(said.unreachable);
    return baogao.again();
  }
  problem("");
  state.year = found.year ? String(found.year) : "";
  part(".rows").innerHTML = found.html;
  part(".opened").innerHTML = nothing;
  place.input.value = found.name ?? "";
  part('[name="year"]').replaceChildren(...found.years.map((year) => new Option(year, year)));
  part('[name="year"]').value = state.year;
  written(`#/promises?${new URLSearchParams(state)}`);
  board();
};
const choose = (changed) => {
  state = changed;
  show();
};

route("promises", async (here) => {
  if (!here) return;
  showTab("promises");
  if (!(await framed())) return;
  const bare = ![...here.query].length;
  if (bare && state) return written(`#/promises?${new URLSearchParams(state)}`);
  choose(bare ? { ...first } : { place: here.query.get("place") ?? "", year: here.query.get("year") ?? "" });
});
