// One ring as a picture that can be clicked. vis-network (before this text) draws on a canvas at
// places that the server computed; labels are canvas text, the card's lines are text nodes.

const views = new WeakMap();

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function ink(host, name, otherwise) {
  return getComputedStyle(host).getPropertyValue(name).trim() || otherwise;
}

function settings(text, face) {
  return {
    physics: false,
    autoResize: true,
    interaction: { hover: true, zoomView: false, hideEdgesOnDrag: true, tooltipDelay: 1e9 },
    nodes: { borderWidth: 1.5, borderWidthSelected: 4, font: { size: 15, face, color: text, strokeWidth: 4 } },
    edges: { smooth: false, selectionWidth: 1.6, hoverWidth: 0.6 },
  };
}

function show(card, lines, place) {
  card.replaceChildren(...lines.map((line, index) => element("div", index ? "line" : "title", line)));
  card.hidden = false;
  const room = card.parentElement.getBoundingClientRect();
  const left = Math.min(place.x + 14, room.width - card.offsetWidth - 6);
  const top = place.y + 14 + card.offsetHeight > room.height ? place.y - card.offsetHeight - 10 : place.y + 14;
  card.style.left = `${Math.max(6, left)}px`;
  card.style.top = `${Math.max(6, top)}px`;
}

function listen(view) {
  const { network, card } = view;
  network.on("click", (event) => {
    if (event.nodes.length) view.send(event.nodes[0]);
  });
  network.on("hoverNode", (event) => show(card, view.nodes.get(event.node).lines, event.pointer.DOM));
  network.on("hoverEdge", (event) => show(card, view.edges.get(event.edge).lines, event.pointer.DOM));
  for (const leave of ["blurNode", "blurEdge", "dragStart", "zoom"]) {
    network.on(leave, () => (card.hidden = true));
  }
}

function zoom(network, factor) {
  const scale = Math.min(4, Math.max(0.15, network.getScale() * factor));
  network.moveTo({ scale, animation: { duration: 150 } });
}

function tools(view, words) {
  const actions = [
    ["+", words.closer, () => zoom(view.network, 1.3)],
    ["−", words.farther, () => zoom(view.network, 1 / 1.3)],
    ["⤢", words.fit, () => view.network.fit({ animation: { duration: 200 } })],
  ];
  const made = element("div", "tools");
  for (const [sign, title, action] of actions) {
    const button = element("button", "", sign);
    button.type = "button";
    button.title = title;
    button.setAttribute("aria-label", title);
    button.onclick = action;
    made.append(button);
  }
  return made;
}

const PATHS = {
  dot: "M8 2a6 6 0 1 0 .01 0Z",
  square: "M2.5 2.5h11v11h-11Z",
  triangle: "M8 2 15 14H1Z",
  diamond: "M8 1 15 8 8 15 1 8Z",
  hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8Z",
};

function sample(shape, colour) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[shape] ?? PATHS.dot);
  path.setAttribute("fill", colour);
  svg.append(path);
  return svg;
}

function legend(entries) {
  const made = element("div", "legend");
  for (const entry of entries) {
    const item = element("span", "entry");
    const mark = entry.shape ? sample(entry.shape, entry.colour) : element("i", entry.dashes ? "dashed" : "solid");
    item.append(mark, element("span", "", entry.text));
    made.append(item);
  }
  return made;
}

function build(root, data) {
  const stage = element("div", "stage");
  stage.setAttribute("role", "img");
  stage.setAttribute("aria-label", data.label);
  const card = element("div", "card");
  card.hidden = true;
  const nodes = new globalThis.vis.DataSet(data.nodes);
  const edges = new globalThis.vis.DataSet(data.edges);
  const view = { stage, card, nodes, edges, drawn: JSON.stringify([data.nodes, data.edges]) };
  const frame = element("div", "frame");
  frame.append(stage, card);
  root.replaceChildren(frame, legend(data.legend));
  const options = settings(ink(root, "--st-text-color", "#222"), ink(root, "--st-font", "sans-serif"));
  options.nodes.font.strokeColor = ink(root, "--st-background-color", "#fff");
  view.network = new globalThis.vis.Network(stage, { nodes, edges }, options);
  stage.network = view.network;
  frame.append(tools(view, data.words));
  listen(view);
  return view;
}

function mark(view, selected) {
  const known = selected && view.nodes.get(selected) !== null;
  const near = new Set(known ? view.network.getConnectedEdges(selected) : []);
  view.edges.update(
    view.edges.map((edge) => {
      const opacity = !known ? edge.opacity : near.has(edge.id) ? 1 : 0.12;
      return { id: edge.id, color: { ...edge.color, opacity } };
    }),
  );
  if (known) view.network.selectNodes([selected], true);
  else view.network.unselectAll();
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector("section");
  let view = views.get(root);
  if (!view || view.drawn !== JSON.stringify([data.nodes, data.edges])) {
    view?.network.destroy();
    view = build(root, data);
    views.set(root, view);
  }
  view.send = (id) => setTriggerValue("clicked", id);
  mark(view, data.selected);
  return () => {
    views.get(root)?.network.destroy();
    views.delete(root);
  };
}
