// Fields of the tabs: names that are chosen as one types, and rows that open their source.
Object.assign(
  window.baogao,
  (() => {
    const { make } = window.baogao;
    const CHIPS = 12; // names shown before the others are only counted

    // A field of which several names can be chosen. `chosen` are [key, name] pairs that stand.
    // `add` is called with what was typed: its key where it was offered, else its words.
    const picker = (box, { removing, add, remove }) => {
      const input = box.querySelector("input");
      const list = box.querySelector("datalist");
      const chips = box.querySelector(".chips");
      let offered = new Map();
      const take = (isDone) => {
        const words = input.value.trim();
        const key = offered.get(words);
        if (!words || (key === undefined && !isDone)) return;
        add(key, words);
        if (chips) input.value = "";
      };
      input.addEventListener("input", (event) => {
        // What is picked from the list comes whole; what is typed is taken with Enter.
        if (event.inputType !== "insertText" || offered.has(input.value)) take(false);
      });
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        take(true);
      });
      input.addEventListener("change", () => take(true));
      const shown = {
        offer: (options) => {
          offered = new Map(options.map(([key, name]) => [name, key]));
          list.replaceChildren(
            ...options.map(([, name, count]) => {
              const option = make("option", { value: name });
              if (count !== undefined) option.label = `${name} (${count.toLocaleString()})`;
              return option;
            }),
          );
        },
        show: (chosen, all = false) => {
          const named = all ? chosen : chosen.slice(0, CHIPS);
          chips.replaceChildren(
            ...named.map(([key, name]) => {
              const said = removing.replace("{name}", () => name);
              const button = make("button", { type: "button", className: "chip", textContent: name });
              button.append(make("span", { textContent: "×", ariaHidden: "true" }));
              button.setAttribute("aria-label", said);
              button.addEventListener("click", () => {
                remove(key);
                input.focus();
              });
              return button;
            }),
          );
          if (named.length === chosen.length) return;
          const words = baogao.texts.more.replace("{count}", chosen.length - named.length);
          const more = make("button", { type: "button", className: "chip", textContent: words });
          more.addEventListener("click", () => shown.show(chosen, true));
          chips.append(more);
        },
        input,
      };
      return shown;
    };

    // Has a tab filled when it is first opened, and again where that failed: `ask` gets its HTML,
    // `begin` binds what stands in it. What is returned tells whether the tab is there.
    const framing = (element, ask, begin) => {
      let frame = null;
      const none = () => document.querySelector("#masthead .coverage[data-none]");
      const fill = (found) => {
        if (found && none()) {
          const add = make("a", { href: "#/reports", textContent: none().dataset.none });
          element.replaceChildren(make("p", { className: "empty" }, `${none().textContent} `, add));
        } else if (found) {
          element.innerHTML = found.html;
          begin(found);
          return true;
        }
        frame = null;
        if (!found) {
          element.replaceChildren(make("p", { className: "pane-problem", textContent: baogao.texts.unreachable }));
          baogao.again();
        }
        return false;
      };
      return () => (frame ??= ask().catch(() => null).then(fill));
    };

    const savePicture = (chart) => {
      const scale = 2; // sharp on any screen
      const picture = new Image();
      picture.onload = () => {
        const canvas = document.createElement("canvas");
        const margin = 16;
        canvas.width = (picture.width + 2 * margin) * scale;
        canvas.height = (picture.height + 2 * margin) * scale;
        const pen = canvas.getContext("2d");
        pen.scale(scale, scale);
        pen.fillStyle = "#ffffff";
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(picture, margin, margin);
        canvas.toBlob((blob) => baogao.download(blob, "baogao.png"), "image/png");
      };
      const text = new XMLSerializer().serializeToString(chart);
      picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    };

    // Opens the source of a figure that is clicked beside its row.
    const openSource = async (element, server, target, language) => {
      const key = target.dataset.figure;
      element.querySelectorAll(".chosen").forEach((other) => other.classList.remove("chosen"));
      element.querySelectorAll(`[data-figure="${CSS.escape(key)}"]`).forEach((each) => {
        (each.closest(".grid td, tr, g") ?? each).classList.add("chosen");
      });
      const html = await server.figure_source({ figure: key, language }).catch(() => null);
      const panel = element.querySelector(".opened");
      panel.innerHTML = html ?? "";
      if (!html) panel.append(make("p", { className: "problem", textContent: baogao.texts.unreachable }));
      panel.querySelector("mark")?.scrollIntoView({ block: "nearest" });
      const desk = panel.closest(".figure-desk");
      const isBelow = desk && getComputedStyle(desk).flexDirection === "column";
      if (isBelow) panel.scrollIntoView({ block: "start" });
      panel.querySelector(".figure-source")?.focus({ preventScroll: true });
    };

    return { picker, framing, savePicture, openSource };
  })(),
);
