// What the tables of figures do: a click opens a figure's source or saves a file.
const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
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
    canvas.toBlob((blob) => save(blob, "baogao.png"), "image/png");
  };
  const text = new XMLSerializer().serializeToString(chart);
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
};

element.addEventListener("click", async (event) => {
  const csv = event.target.closest("[data-csv]");
  if (csv) {
    const text = await server.figures_csv(JSON.parse(csv.dataset.csv));
    save(new Blob([text], { type: "text/csv;charset=utf-8" }), "baogao.csv");
    return;
  }
  if (event.target.closest("[data-png]")) {
    savePicture(element.querySelector(".chart .wide svg"));
    return;
  }
  const figure = event.target.closest("[data-figure]");
  if (!figure) return;
  element.querySelectorAll(".chosen").forEach((other) => other.classList.remove("chosen"));
  (figure.closest("tr, g") ?? figure).classList.add("chosen");
  trigger("select", { figure: figure.dataset.figure });
});
