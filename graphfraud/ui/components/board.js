// The list of leads: a table whose rows open something. Every cell is a text node.

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function bar(share) {
  const track = element("div", "track");
  const fill = element("div", "fill");
  fill.style.width = `${Math.round(100 * Math.min(1, Math.max(0, share)))}%`;
  track.append(fill);
  return track;
}

function cell(content, align) {
  const made = element("td", align);
  const first = element("div", content.badge ? `badge ${content.badge}` : "first", content.text);
  for (const chip of content.chips ?? []) first.append(element("span", "chip", chip));
  made.append(first);
  if (typeof content.bar === "number") made.append(bar(content.bar));
  for (const note of content.notes ?? []) made.append(element("div", "note", note));
  return made;
}

function head(columns) {
  const row = element("tr");
  for (const column of columns) {
    const made = element("th", column.align, column.title);
    made.scope = "col";
    row.append(made);
  }
  const made = element("thead");
  made.append(row);
  return made;
}

function line(row, columns, open) {
  const made = element("tr", "row");
  made.dataset.id = row.id;
  made.tabIndex = 0;
  made.setAttribute("role", "button");
  made.append(...row.cells.map((content, index) => cell(content, columns[index].align)));
  made.onclick = () => {
    if (!String(window.getSelection())) open(row.id);
  };
  made.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(row.id);
    }
  };
  return made;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const open = (id) => setTriggerValue("opened", id);
  const table = element("table");
  const body = element("tbody");
  body.append(...data.rows.map((row) => line(row, data.columns, open)));
  table.append(head(data.columns), body);
  parentElement.querySelector("section").replaceChildren(table);
}
