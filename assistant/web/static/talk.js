// The conversation that is shown: what the server tells of a turn takes its place among the others.
(() => {
  let messages = []; // of each turn the question and its answer
  let sections = ""; // what stands among the sources last

  const asTheChatHas = ([role, text]) => ({
    role,
    metadata: null,
    options: null,
    content: [{ type: "text", text }],
  });

  // Puts the sections of the turns after the first `from` beside those of before.
  const showSources = (from, html) => {
    const pane = document.querySelector("#cards .prose");
    if (!pane || !html || html === sections) return;
    sections = html;
    if (!from) {
      pane.innerHTML = html;
      return;
    }
    pane.querySelectorAll(".empty:not(section *)").forEach((each) => each.remove());
    pane.querySelectorAll("section.turn").forEach((section) => {
      section.classList.remove("shown");
      if (Number(section.dataset.turn) > from) section.remove();
    });
    pane.insertAdjacentHTML("beforeend", html);
  };

  // Takes in what the server tells, and returns the whole conversation for the chat.
  const shown = (step) => {
    if (step?.kept) baogao.keep?.(step.kept);
    if (!step || step.from === null) return messages;
    messages = [...messages.slice(0, 2 * step.from), ...step.messages.map(asTheChatHas)];
    showSources(step.from, step.sources);
    return messages;
  };

  Object.assign(window.baogao, { shown });
})();
