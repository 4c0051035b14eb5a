// What the page does without asking the server: a citation opens its source.
(() => {
  document.documentElement.lang = navigator.language;

  const open = (card) => {
    document.querySelectorAll("#sources section.turn").forEach((section) => {
      section.classList.toggle("shown", section.contains(card));
    });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    card.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
    card.focus({ preventScroll: true });
    document.querySelectorAll(".source.opened").forEach((other) => other.classList.remove("opened"));
    void card.offsetWidth; // lets the highlight start again on a second click
    card.classList.add("opened");
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href*="#source-"], a[href$="#conversation"]');
    if (!link) return;
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    if (target.id === "conversation") target.scrollIntoView({ block: "end" });
    else open(target);
  });
})();
