// The conversations of this browser, votes and citations. `element`, `props`, `server`, `trigger`
// and `watch` are Gradio's. What is kept may have been written by anyone: it is shown as text only.
const PREFIX = "baogao:conversation:";
const OPEN = "baogao:open"; // which conversation this tab shows, for a reload
const MOST = 50; // conversations
const LARGEST = 2000000; // characters of all together: browsers keep about 5 million

let texts = {};
let current = null; // the conversation that is shown
let before = null; // the one that was shown before the one that is being opened
let dropped = 0; // how many of its first turns are shown and no longer kept
let writing = null; // the form for a vote's reason, with the turn it belongs to

const named = (id) => document.getElementById(id);
const fill = (text, title) => text.replace("{title}", () => title);
const make = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const say = (text) => {
  const status = named("chat-status");
  if (status) status.textContent = text;
};

// --- the store ------------------------------------------------------------------------------------

const stores = (kind) => {
  try {
    return window[kind]; // a browser may forbid it, by an exception
  } catch {
    return null;
  }
};
const local = stores("localStorage");
const session = stores("sessionStorage");

const remember = (id) => {
  try {
    if (id) session?.setItem(OPEN, id);
    else session?.removeItem(OPEN);
  } catch {} // without it a reload begins a new chat
};

const read = (key) => {
  try {
    const kept = JSON.parse(local.getItem(key));
    const whole = typeof kept.title === "string" && PREFIX + kept.id === key;
    return whole && Array.isArray(kept.turns) ? kept : null;
  } catch {
    return null;
  }
};

// Newest first; what cannot be read is passed over, and left to whoever wrote it.
const all = () => {
  const found = [];
  for (let place = 0; place < (local?.length ?? 0); place += 1) {
    const key = local.key(place);
    const kept = key.startsWith(PREFIX) ? read(key) : null;
    if (kept) found.push({ kept, size: local.getItem(key).length });
  }
  const when = ({ kept }) => (typeof kept.updated === "string" ? kept.updated : "");
  return found.sort((one, other) => (when(one) < when(other) ? 1 : -1));
};

// Puts a conversation into the store; the oldest others make room for it.
const put = (kept) => {
  if (!local) return false;
  const text = JSON.stringify(kept);
  const others = all().filter((each) => each.kept.id !== kept.id);
  const total = () => others.reduce((sum, each) => sum + each.size, text.length);
  const dropOldest = () => local.removeItem(PREFIX + others.pop().kept.id);
  while (others.length && (others.length >= MOST || total() > LARGEST)) dropOldest();
  if (text.length > LARGEST) return false;
  for (;;) {
    try {
      local.setItem(PREFIX + kept.id, text);
      return true;
    } catch {
      if (!others.length) return false;
      dropOldest();
    }
  }
};

// What another tab has added to the same conversation stays: ours comes after it.
const merged = (stored, fresh) => {
  const same = (one, other) => one?.question === other?.question && one?.answer?.answer === other?.answer?.answer;
  let common = 0;
  while (common < stored.turns.length && same(stored.turns[common], fresh.turns[common])) common += 1;
  if (common === stored.turns.length || common === fresh.turns.length) return null;
  return { ...fresh, turns: [...stored.turns, ...fresh.turns.slice(common)] };
};

// The turn with a number among those that are shown, as it is kept.
const turnAt = (number) => current?.turns[number - 1 - dropped];

// Takes in what came of the turns after the first `from`.
const keep = ({ from, ...fresh }) => {
  const earlier = from && current?.id === fresh.id ? current.turns.slice(0, from - dropped) : [];
  const turns = [...earlier, ...fresh.turns];
  const whole = { ...fresh, turns: turns.slice(-texts.most_turns) };
  dropped = from + fresh.turns.length - whole.turns.length;
  const stored = read(PREFIX + whole.id);
  const known = stored ?? (current?.id === whole.id ? current : null);
  const together = stored && turns.length === whole.turns.length ? merged(stored, whole) : null;
  if (together) {
    put({ ...together, title: stored.title, votes: stored.votes ?? {}, updated: new Date().toISOString() });
    open(read(PREFIX + whole.id)); // and this tab shows what both have said
    return;
  }
  current = {
    ...whole,
    title: known?.title ?? whole.title, // a name given here stays
    votes: known?.votes ?? {},
    updated: new Date().toISOString(),
  };
  remember(current.id);
  say(put(current) ? "" : texts.not_kept);
};

// What the server tells is kept once, however often it is told.
let told = "";
const take = (kept) => {
  const text = JSON.stringify(kept);
  if (text === told) return;
  told = text;
  if (kept.unreadable) {
    current = before;
    remember(current?.id ?? "");
    say(texts.unreadable);
  } else if (kept.turns.length) {
    keep(kept);
  } else {
    current = writing = null;
    dropped = 0;
    remember("");
    say("");
  }
  showBar();
  showVotes();
};
Object.assign(window.baogao, { keep: take });

// --- the bar and the list ---------------------------------------------------------------------------

const showBar = () => {
  const title = named("open-title");
  if (!title) return;
  title.textContent = title.title = current?.title ?? "";
  named("saving-button").disabled = !current;
  if (wide.matches && !document.activeElement?.closest?.("#conversations li")) showList();
};

const open = (kept) => {
  before = current;
  current = kept;
  dropped = 0;
  told = "";
  remember(kept.id);
  writing = null;
  say("");
  showBar();
  trigger("select", { conversation: kept, language: texts.language });
};

const icon = (name, label, act) => {
  const spoken = make("span", { className: "spoken", textContent: label });
  const button = make("button", { type: "button", className: `icon ${name}`, title: label }, spoken);
  button.addEventListener("click", act);
  return button;
};

const row = (kept) => {
  const item = make("li");
  const show = (...children) => item.replaceChildren(...children);

  const plain = () => {
    const day = new Date(kept.updated);
    const when = Number.isNaN(day.valueOf()) ? "" : day.toLocaleDateString(texts.language);
    const note = kept.id === current?.id ? `${when} · ${texts.open_now}` : when;
    const button = make(
      "button",
      { type: "button", className: "open" },
      make("span", { className: "title", textContent: kept.title }),
      make("span", { className: "when", textContent: note }),
    );
    if (kept.id === current?.id) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => {
      if (!wide.matches) {
        named("conversations").hidePopover();
        named("conversations-button").focus();
      }
      open(kept);
    });
    show(
      button,
      icon("rename", fill(texts.rename, kept.title), rename),
      icon("delete", fill(texts.delete, kept.title), remove),
    );
    return button;
  };

  const rename = () => {
    const input = make("input", { value: kept.title, maxLength: 60 });
    input.setAttribute("aria-label", texts.rename_label);
    const cancel = make("button", { type: "button", textContent: texts.cancel });
    const save = make("button", { type: "submit", textContent: texts.save });
    const form = make("form", {}, input, save, cancel);
    const back = () => item.isConnected && (plain(), item.querySelector(".rename").focus());
    cancel.addEventListener("click", back);
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // Escape leaves the name, not the list
      event.stopPropagation();
      back();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      kept = { ...kept, title: input.value.trim() || kept.title };
      if (kept.id === current?.id) current = { ...current, title: kept.title };
      put(kept);
      showBar();
      back();
    });
    show(form);
    input.select();
  };

  const remove = () => {
    local.removeItem(PREFIX + kept.id);
    const undo = make("button", { type: "button", textContent: texts.undo });
    undo.addEventListener("click", () => {
      put(kept);
      plain().focus();
    });
    show(make("span", { className: "gone", textContent: fill(texts.deleted, kept.title) }), undo);
    undo.focus();
    if (kept.id === current?.id) document.querySelector("#new-chat").click();
  };

  plain();
  return item;
};

const showList = () => {
  const list = named("conversations");
  const words = (list.querySelector("input")?.value ?? "").trim().toLowerCase();
  const fits = ({ kept }) =>
    !words || [kept.title, ...kept.turns.map((turn) => turn.question)].join("\n").toLowerCase().includes(words);
  const rows = all().filter(fits).map(({ kept }) => row(kept));
  const none = make("li", { className: "none", textContent: texts.none_kept });
  list.querySelector("ul").replaceChildren(...(rows.length ? rows : [none]));
};

// On a wide screen the list stands beside the chat; else it is a menu.
const wide = matchMedia("(min-width: 1200px)");
const settle = () => {
  const list = named("conversations");
  if (!list) return;
  list.popover = wide.matches ? null : "auto";
  list.classList.toggle("beside", wide.matches);
  list.style.cssText = "";
  if (wide.matches) named("desk").prepend(list);
  else document.querySelector("#history .bar").after(list);
  if (wide.matches) showList();
};
wide.addEventListener("change", settle);
document.addEventListener("input", (event) => event.target.matches?.("#conversations input[type=search]") && showList());
addEventListener("storage", () => wide.matches && showList());

const place = (menu) => {
  const below = named(`${menu.id}-button`).getBoundingClientRect();
  const width = menu.offsetWidth;
  menu.style.left = `${Math.max(12, Math.min(below.left, innerWidth - width - 12))}px`;
  menu.style.top = `${below.bottom + 6}px`;
  menu.style.maxHeight = `${Math.max(160, innerHeight - below.bottom - 18)}px`;
};

const onMenu = (name, act) =>
  document.addEventListener(
    name,
    (event) => {
      if (event.target.matches?.("#history .menu") && event.newState === "open") act(event.target);
    },
    true,
  );
onMenu("beforetoggle", (menu) => menu.id === "conversations" && showList());
onMenu("toggle", place);
addEventListener("resize", () => {
  document.querySelectorAll("#history .menu:popover-open").forEach(place);
});

// --- saving -----------------------------------------------------------------------------------------

const download = (text, type, ending) => {
  const name = current.title.replace(/[\u0000-\u001f\\/:*?"<>|]+/g, " ").trim().slice(0, 60);
  const link = make("a", {
    href: URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` })),
    download: `${name || "baogao"}${ending}`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

const save = async (form) => {
  if (!current) return;
  named("saving").hidePopover();
  const asked = { conversation: current, form, language: texts.language };
  const text = await server.save(asked).catch(() => null);
  if (text === null) say(texts.unreadable);
  else if (form === "markdown") download(text, "text/markdown", ".md");
  else download(text, "application/json", ".baogao.json");
};

// --- citations --------------------------------------------------------------------------------------

const written = new Map(); // the forms of a citation, fetched when its menu opens

const formsOf = (menu) => {
  const { turn, n } = menu.dataset;
  const key = `${current?.id} ${turn} ${n}`;
  if (!written.has(key)) {
    const asked = { turn: turnAt(turn), n: Number(n), language: texts.language };
    const forms = server.cite(asked);
    written.set(key, forms.catch(() => null).then((found) => found ?? {}));
  }
  return written.get(key);
};

const { toClipboard } = window.baogao;

const copy = async (button) => {
  const said = button.parentElement.querySelector(".said");
  try {
    const text = (await formsOf(button.closest(".citing")))[button.dataset.form];
    if (!text) throw new Error("no citation");
    await toClipboard(text);
    said.textContent = `${texts.copied} · ${button.textContent}`;
  } catch {
    said.textContent = texts.not_copied;
  }
  button.focus();
};

document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches?.("#cards .citing[open]") && current) formsOf(event.target);
  },
  true,
);

// --- votes ------------------------------------------------------------------------------------------

const turnOf = (votes) => Number([...votes.classList].find((name) => name.startsWith("turn-"))?.slice(5));

// The chat makes its messages anew as it likes: what stands in them is put there again.
const showVotes = () => {
  document.querySelectorAll("#chat .votes").forEach((votes) => {
    const turn = turnOf(votes);
    votes.querySelectorAll(".vote").forEach((button) => {
      button.setAttribute("aria-pressed", button.classList.contains(current?.votes?.[turn]));
    });
    if (writing?.turn === turn && writing.form.parentElement !== votes.parentElement) {
      votes.after(writing.form);
    }
  });
};

const vote = async (turn, given, reason) => {
  const history = current.turns.slice(0, turn - 1 - dropped).map(({ question }) => question);
  const asked = { conversation: current.id, history, turn: turnAt(turn), vote: given, reason };
  const noted = await server.vote(asked).catch(() => false);
  say(noted ? "" : texts.not_noted);
  if (!noted) return false;
  current = { ...current, votes: { ...current.votes, [turn]: given } };
  put(current);
  showVotes();
  return true;
};

const askReason = (turn, given, votes) => {
  writing?.form.remove();
  const input = make("input", { maxLength: 2000, placeholder: texts.reason });
  input.setAttribute("aria-label", texts.reason);
  const form = make("form", { className: "reason" }, input);
  form.append(make("button", { type: "submit", textContent: texts.send }));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (input.value.trim() && !(await vote(turn, given, input.value))) return;
    form.replaceChildren(make("span", { className: "said", textContent: texts.thanks }));
    votes.querySelector(`.vote.${given}`)?.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    form.remove();
    writing = null;
    document.querySelector(`#chat .votes.turn-${turn} .vote.${given}`)?.focus();
  });
  writing = { turn, form };
  votes.after(form);
  form.scrollIntoView({ block: "nearest" });
  input.focus({ preventScroll: true });
};

// --- what else is done with an answer ---------------------------------------------------------------

const tell = (votes, words) => {
  const said = votes.querySelector(".said");
  said.textContent = words;
  setTimeout(() => (said.textContent = ""), 2500);
};

const copyAnswer = async (votes) => {
  const turn = turnAt(turnOf(votes));
  const text = turn ? await server.copied({ turn, language: texts.language }).catch(() => null) : null;
  const done = text ? await toClipboard(text).then(() => true, () => false) : false;
  tell(votes, done ? texts.copied : texts.not_copied);
};

const askAgain = (votes) => baogao.type(turnAt(turnOf(votes))?.question ?? "");

// The tables of an answer as they are shown, without the marks.
const saveTables = (votes) => {
  const cell = (each) => {
    const copy = each.cloneNode(true);
    copy.querySelectorAll("a.cite").forEach((mark) => mark.remove());
    const text = copy.textContent.replace(/[\u2060]/g, "").replace(/\s+/g, " ").trim();
    const inert = /^[=+\-@\t\r＝＋－＠]/.test(text) && !/^[+\-]?[\d.,]+%?$/.test(text) ? `'${text}` : text;
    return `"${inert.replaceAll('"', '""')}"`;
  };
  const tables = [...votes.closest(".bot-row").querySelectorAll("table")];
  const lines = tables.map((table) => [...table.rows].map((row) => [...row.cells].map(cell).join(",")).join("\r\n"));
  baogao.download(new Blob(["\ufeff", lines.join("\r\n\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" }), "baogao.csv");
};

const clickVote = async (button) => {
  const votes = button.closest(".votes");
  const turn = turnOf(votes);
  if (!turnAt(turn)) return;
  const given = button.classList.contains("up") ? "up" : "down";
  if (current.votes?.[turn] === given) {
    if (writing?.turn === turn) writing.form.remove();
    writing = null;
    await vote(turn, "none", "");
  } else if (await vote(turn, given, "")) askReason(turn, given, votes);
};

// --- what the page does ---------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest?.(selector);
  if (on("#saving [data-save]")) save(on("[data-save]").dataset.save);
  else if (on("#cards .citing [data-form]")) copy(on("[data-form]"));
  else if (on("#chat .vote")) clickVote(on(".vote"));
  else if (on("#chat .act.copy")) copyAnswer(on(".votes"));
  else if (on("#chat .act.again")) askAgain(on(".votes"));
  else if (on("#chat .act.csv")) saveTables(on(".votes"));
});

watch("texts", () => {
  texts = JSON.parse(props.texts);
  const chat = named("chat");
  if (chat) new MutationObserver(showVotes).observe(chat, { childList: true, subtree: true });
  const id = session?.getItem(OPEN);
  const kept = id ? read(PREFIX + id) : null;
  settle();
  if (kept) open(kept);
  showBar();
});
