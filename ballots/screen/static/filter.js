// `<input data-filter="table-id">` shows the rows of a table whose text has what is typed. Without script all rows show.
for (const field of document.querySelectorAll("[data-filter]")) {
  const rows = [...document.getElementById(field.dataset.filter).tBodies].flatMap(body => [...body.rows]);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
}
