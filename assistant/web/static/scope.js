// Which report alone is asked: chosen in the table of reports, told above the question, let go there.
document.addEventListener("baogao:only", (event) => trigger("select", { report: event.detail.id }));
element.addEventListener("click", (event) => {
  if (event.target.closest(".let-go")) trigger("select", { report: "" });
});
