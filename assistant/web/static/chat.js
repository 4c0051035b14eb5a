// The conversation: a new question stands at the top, a typed one is kept, a lost server is told.
(() => {
  const DRAFT = "baogao:draft";
  const kept = (value) => {
    try {
      if (value === undefined) return sessionStorage.getItem(DRAFT) ?? "";
      if (value) sessionStorage.setItem(DRAFT, value);
      else sessionStorage.removeItem(DRAFT);
    } catch {} // without it a reload forgets what was typed
    return "";
  };
  const box = () => document.querySelector("#question textarea");
  const type = (text) => {
    const field = box();
    if (!field) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    field.setSelectionRange(text.length, text.length);
  };
  document.addEventListener("input", (event) => {
    if (event.isTrusted && event.target === box()) kept(event.target.value);
  });

  // --- where the conversation is read ---------------------------------------------------------------
  const scroller = (chat) => {
    let each = chat.querySelector(".message-wrap");
    while (each && each !== chat && !/auto|scroll/.test(getComputedStyle(each).overflowY)) each = each.parentElement;
    return each ?? chat;
  };
  // How far down the page the conversation begins: it fills what is left of the window.
  const measure = () => {
    const desk = document.getElementById("desk");
    if (!desk?.offsetParent) return; // another tab is shown
    const top = desk.getBoundingClientRect().top + scrollY;
    document.documentElement.style.setProperty("--desk-top", `${Math.round(top)}px`);
  };
  const watchChat = (chat) => {
    measure();
    new ResizeObserver(measure).observe(document.getElementById("masthead"));
    addEventListener("resize", measure);
    let questions = 0;
    let answers = 0;
    let holding = false; // the last question stands at the top until the reader scrolls
    const hold = () => {
      const last = holding && [...chat.querySelectorAll(".user-row")].pop();
      if (!last) return;
      const pane = scroller(chat);
      pane.scrollTop += last.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    };
    const letGo = () => (holding = false);
    ["wheel", "touchmove", "pointerdown", "keydown"].forEach((kind) => chat.addEventListener(kind, letGo, { passive: true }));
    new ResizeObserver(() => {
      chat.style.setProperty("--room", `${chat.clientHeight}px`);
      hold();
    }).observe(chat);
    new MutationObserver(() => {
      const asked = chat.querySelectorAll(".user-row");
      const answered = chat.querySelectorAll(".bot-row").length;
      if (asked.length > questions) holding = true;
      requestAnimationFrame(hold);
      if (answered > answers && box() && !box().value) kept("");
      questions = asked.length;
      answers = answered;
    }).observe(chat, { childList: true, subtree: true });
  };

  // --- a server that is gone ------------------------------------------------------------------------
  const LOST = /^Connection to the server was lost/;
  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const said = walker.currentNode.data.trim();
      if (LOST.test(said)) walker.currentNode.data = baogao.texts.unreachable;
      else if (said === "Error") walker.currentNode.data = baogao.texts.problem;
    }
    root.querySelectorAll?.('[data-testid="toast-close"]').forEach((button) => {
      button.setAttribute("aria-label", baogao.texts.close);
    });
  };

  const style = new CSSStyleSheet(); // Gradio would put a scope before what stands here
  style.replaceSync(
    `:root { --looking: ${JSON.stringify(baogao.texts.looking)} } @keyframes appear { to { opacity: 1 } }`,
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];

  const begin = () => {
    const page = new MutationObserver((changes) => {
      const chat = document.getElementById("chat");
      const whole = chat?.querySelector(".wrapper") && document.getElementById("masthead");
      if (whole && !chat.dataset.watched) {
        chat.dataset.watched = "yes";
        watchChat(chat);
      }
      if (box() && !box().dataset.watched) {
        box().dataset.watched = "yes";
        if (kept()) setTimeout(() => box().value || type(kept()), 600);
      }
      changes.forEach(({ addedNodes }) =>
        addedNodes.forEach((node) => {
          if (node.nodeType === 1 && node.closest('[class*="toast"]')) translate(node);
        }),
      );
    });
    page.observe(document.body, { childList: true, subtree: true });
  };
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);

  Object.assign(window.baogao, { type });
})();
