// What every part of the page shares: its language and its colours, the address, small helpers.
window.baogao = (() => {
  const stores = (kind) => {
    try {
      return window[kind]; // a browser may forbid it, by an exception
    } catch {
      return null;
    }
  };
  const local = stores("localStorage");
  const stored = (key) => {
    try {
      return local?.getItem(key) ?? "";
    } catch {
      return "";
    }
  };
  const store = (key, value) => {
    try {
      local?.setItem(key, value);
    } catch {} // the choice then lasts as long as the page
  };

  // --- language and colours -----------------------------------------------------------------------
  const LANGUAGES = ["zh-Hans", "zh-Hant", "en"];
  const spokenIn = (tag) => {
    const parts = tag.toLowerCase().split(/[-_]/);
    if (parts[0] !== "zh") return "en";
    if (parts.includes("hans")) return "zh-Hans";
    return ["hant", "tw", "hk", "mo"].some((part) => parts.includes(part)) ? "zh-Hant" : "zh-Hans";
  };
  const chosen = stored("baogao:language");
  const language = LANGUAGES.includes(chosen) ? chosen : spokenIn(navigator.language);
  document.documentElement.lang = language;

  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const theme = () => stored("baogao:theme") || "system";
  const paint = () => {
    const dark = theme() === "dark" || (theme() === "system" && systemDark.matches);
    if (document.body && document.body.classList.contains("dark") !== dark) {
      document.body.classList.toggle("dark", dark);
    }
  };
  systemDark.addEventListener("change", paint);
  const once = (act) => (document.body ? act() : addEventListener("DOMContentLoaded", act));
  once(() => {
    paint(); // Gradio sets the system's colours when it starts: the reader's choice comes after
    new MutationObserver(paint).observe(document.body, { attributeFilter: ["class"] });
  });

  const showChoices = () => {
    document.querySelectorAll("#masthead [data-language]").forEach((button) => {
      button.setAttribute("aria-pressed", button.dataset.language === language);
    });
    document.querySelectorAll("#masthead [data-theme]").forEach((button) => {
      button.setAttribute("aria-pressed", button.dataset.theme === theme());
    });
  };
  once(() => {
    const head = new MutationObserver(() => {
      if (!document.querySelector("#masthead [data-theme]")) return;
      head.disconnect();
      showChoices();
      // Without reports there is nothing to ask: the tab that takes them in says what to do.
      if (document.querySelector("#masthead .coverage[data-none]") && !address().name) location.hash = "#/reports";
    });
    head.observe(document.body, { childList: true, subtree: true });
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#masthead [data-language], #masthead [data-theme]");
    if (!button) return;
    if (button.dataset.theme) {
      store("baogao:theme", button.dataset.theme);
      paint();
      showChoices();
    } else if (button.dataset.language !== language) {
      store("baogao:language", button.dataset.language);
      location.reload(); // what was said is kept by this tab
    }
  });

  // --- the address: #/NAME/REST?QUERY --------------------------------------------------------------
  const address = () => {
    const [, name = "", rest = "", query = ""] =
      /^#\/([a-z]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(location.hash) ?? [];
    return { name, rest: decodeURIComponent(rest), query: new URLSearchParams(query) };
  };
  const routes = {};
  const follow = () => {
    const here = address();
    Object.entries(routes).forEach(([name, act]) => act(name === here.name ? here : null));
  };
  addEventListener("hashchange", follow);
  // Has `act` called with the address while it is NAME's, and with null while it is another's.
  const route = (name, act) => {
    routes[name] = act;
    const here = address();
    act(here.name === name ? here : null);
  };
  // Writes an address without following it: what it names is shown already.
  const written = (hash) => history.replaceState(history.state, "", hash || location.pathname + location.search);

  // What is said to go on once the server is back: the address is followed again.
  let waiting = 0;
  const again = () => {
    clearTimeout(waiting);
    waiting = setTimeout(follow, 3000);
  };

  // --- helpers --------------------------------------------------------------------------------------
  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const download = (blob, name) => {
    const link = make("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const toClipboard = async (text) => {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    const area = make("textarea", { value: text, className: "spoken" }); // a page of another machine
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("not copied");
  };
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  let fromAnswer = false; // whether an answer led to the tab that is shown
  // Puts the way back at the head of a tab that an answer led to.
  const wayBack = (element) => {
    element.querySelector(".to-answer")?.remove();
    if (!fromAnswer) return;
    const back = make("button", { type: "button", className: "to-answer", textContent: `← ${SAID[language].to_answer}` });
    back.addEventListener("click", () => history.back());
    element.prepend(back);
  };

  const tabs = ["ask", "figures", "promises", "trends", "reports"];
  const showTab = (name) => {
    const button = document.getElementById(`${name}-tab-button`);
    const isShown = button?.getAttribute("aria-selected") === "true";
    if (button && !isShown) button.click();
    return isShown;
  };
  // A tab's part is made when it is first shown: an address that names one shows it, once it is
  // there and takes clicks.
  const showNamed = (event) => {
    const { name } = address();
    if (!name && event) showTab("ask"); // back from a tab that an answer led to
    if (tabs.includes(name) && !showTab(name)) setTimeout(showNamed, 50);
  };
  once(() => showNamed());
  addEventListener("hashchange", showNamed);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.('[role="tab"]');
    const name = tabs.find((each) => button?.id === `${each}-tab-button`);
    if (name && event.isTrusted) fromAnswer = false;
    if (event.target.closest?.("#chat .ways a")) fromAnswer = true;
    if (name && event.isTrusted && address().name !== name) {
      history.pushState(history.state, "", name === "ask" ? location.pathname + location.search : `#/${name}`);
      follow();
    }
  });

  return { texts: SAID[language], language, theme, showChoices, address, route, written, again, make, download, toClipboard, still, showTab, wayBack };
})();
