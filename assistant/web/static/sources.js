// The sources beside the answers: a mark opens its passage, Escape goes back to the mark.
(() => {
  const { still } = window.baogao;
  let from = ""; // the address of the mark that was followed last
  const sources = () => document.getElementById("sources");
  const isSheet = () => matchMedia("(max-width: 800px)").matches;

  // A mark's address names a turn and the numbers of its citations: #source-2-3.4
  const named = (link) => {
    const found = /#source-(\d+)-([\d.]+)$/.exec(link.href);
    return found && { turn: found[1], numbers: found[2].split(".") };
  };
  const cardOf = ({ turn, numbers }) =>
    document.querySelector(`#cards section[data-turn="${turn}"] .source[data-n~="${numbers[0]}"]`);
  const marksOf = (card, numbers, form) => {
    const which = numbers.map((n) => `${form} mark[data-n~="${n}"]`).join(",");
    return [...card.querySelectorAll(which)];
  };
  const form = () => (document.getElementById("show-original")?.checked ? ".original" : ".cleaned");

  // Shows which citation of a card is meant: its words, its place, where it is read on.
  const point = (card, numbers) => {
    card.querySelectorAll("mark").forEach((mark) => {
      mark.classList.toggle("strong", numbers.some((n) => mark.dataset.n.split(" ").includes(n)));
    });
    card.querySelectorAll(".at").forEach((at) => (at.hidden = at.dataset.n !== numbers[0]));
    const menu = card.querySelector(".citing");
    if (menu) menu.dataset.n = numbers[0];
    const link = card.querySelector(".read-on");
    const at = JSON.parse(card.dataset.at)[numbers[0]];
    if (link) link.href = `#/report/${encodeURIComponent(card.dataset.document)}?at=${at}`;
  };

  const open = (where) => {
    const card = cardOf(where);
    if (!card) return;
    document.querySelectorAll("#cards section.turn").forEach((section) => {
      section.classList.toggle("shown", section.contains(card));
    });
    document.querySelectorAll(".source.opened").forEach((other) => other.classList.remove("opened"));
    point(card, where.numbers);
    sources().classList.add("open");
    void card.offsetWidth; // lets the highlight start again on a second click
    card.classList.add("opened");
    card.scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
    const [mark] = marksOf(card, where.numbers, form());
    const box = sources().getBoundingClientRect();
    const below = mark && mark.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
    if (below > box.height - 60) mark.scrollIntoView({ block: "center" });
    card.focus({ preventScroll: true });
  };

  const back = () => {
    sources()?.classList.remove("open");
    const link = from && document.querySelector(`#chat a.cite[href="${from}"]`);
    if (link) {
      link.focus();
      link.scrollIntoView({ block: "nearest" });
    } else document.querySelector("#question textarea")?.focus();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('#chat a[href*="#source-"]');
    if (link) {
      event.preventDefault();
      from = link.getAttribute("href");
      hideTip();
      open(named(link));
    } else if (event.target.closest?.("#close-sources")) back();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    hideTip();
    if (event.target.closest?.("#sources")) back();
  });

  // --- the words behind a mark, before it is followed -----------------------------------------------
  let tip = null;
  const hideTip = () => tip?.remove();
  const showTip = (link) => {
    const where = named(link);
    const card = where && cardOf(where);
    const marks = card ? marksOf(card, where.numbers.slice(0, 1), form()) : [];
    if (!marks.length) return;
    const words = marks.map((mark) => mark.textContent).join("");
    hideTip();
    tip = baogao.make("div", { id: "clause-tip", textContent: words.length > 160 ? `${words.slice(0, 160)}…` : words });
    tip.setAttribute("role", "tooltip");
    document.querySelector(".gradio-container").append(tip);
    const at = link.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - tip.offsetWidth - 8))}px`;
    const above = at.top - tip.offsetHeight - 6;
    tip.style.top = `${above > 4 ? above : at.bottom + 6}px`;
  };
  const overMark = (event) => event.target.closest?.('#chat a.cite[href*="#source-"]');
  document.addEventListener("mouseover", (event) => {
    const link = overMark(event);
    if (link && !isSheet()) showTip(link);
    else if (!event.target.closest?.("#clause-tip")) hideTip();
  });
  document.addEventListener("focusin", (event) => {
    const link = overMark(event);
    if (link?.matches(":focus-visible")) showTip(link);
    else hideTip();
  });
  document.addEventListener("scroll", () => hideTip(), true);
})();
